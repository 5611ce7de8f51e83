// Faults planted in good tables: each law finds its own.
#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "oracle/tables/documented_table.h"
#include "oracle/tables/table_fields.h"
#include "oracle/tables/table_laws.h"

namespace heaplaw::oracle {
namespace {

using enum TablePart;
using enum TableConstant;
using Table = SizeClassTable;

TableSpot at(TableConstant c) { return {constant, static_cast<std::size_t>(c)}; }
ReciprocalMagic& reciprocal(Table& t, std::size_t c) {
  return std::get<std::vector<ReciprocalMagic>>(t.magic).at(c);
}
ShiftMagic& shifts(Table& t, std::size_t c) {
  return std::get<std::vector<ShiftMagic>>(t.magic).at(c);
}

struct Plant {
  std::string_view law;
  Release release;  // whose table is broken
  void (*break_it)(Table&);
  TableSpot spot;  // where the law must say so
};

constexpr Release go1_4{4}, go1_5{5}, go1_8{8}, go1_16{16}, newest = newest_release;

// Class numbers are those of table D: 4 is 48 bytes, 6 is 64, 31 is 896, 32 is 1024.
const Plant plants[] = {
    {"class-zero-is-empty", newest, [](Table& t) { t.sizes[0] = 8; }, {size, 0}},
    {"class-zero-is-empty", go1_4, [](Table& t) { t.npages[0] = 1; }, {npages, 0}},
    {"class-count-is-stated", newest, [](Table& t) { t.at(num_size_classes) = 69; },
     at(num_size_classes)},
    {"class-count-is-stated", go1_4, [](Table& t) { t.sizes.push_back(40960); }, {}},
    {"arrays-have-equal-lengths", newest, [](Table& t) { t.npages.pop_back(); }, {npages, 67}},
    {"arrays-have-equal-lengths", newest, [](Table& t) { t.npages.push_back(4); }, {npages, 68}},
    {"classes-are-at-most-256", newest, [](Table& t) { t.sizes.resize(300); }, {size, 256}},
    {"entries-fit-their-types", newest, [](Table& t) { t.sizes[5] = 65536; }, {size, 5}},
    {"entries-fit-their-types", newest, [](Table& t) { t.npages[5] = 256; }, {npages, 5}},
    {"entries-fit-their-types",
     newest,
     [](Table& t) { t.small_lookup[5] = 256; },
     {small_lookup, 5}},
    {"entries-fit-their-types",
     go1_4,
     [](Table& t) { t.large_lookup[5] = 128; },
     {large_lookup, 5}},
    {"sizes-strictly-increase", newest, [](Table& t) { t.sizes[4] = 24; }, {size, 4}},
    {"last-class-is-max-small-size", newest, [](Table& t) { t.sizes.back() = 32640; }, {size, 67}},
    {"last-class-is-max-small-size", newest, [](Table& t) { t.sizes.clear(); }, {size, 0}},

    {"span-holds-an-object", newest, [](Table& t) { t.npages[67] = 3; }, {npages, 67}},
    {"span-holds-an-object", newest, [](Table& t) { t.sizes[3] = 0; }, {npages, 3}},
    {"span-can-be-judged", newest, [](Table& t) { t.npages[1] = 65; }, {npages, 1}},
    {"tail-at-most-an-eighth", newest, [](Table& t) { t.npages[45] = 1; }, {npages, 45}},
    {"span-is-shortest", newest, [](Table& t) { t.npages[1] = 2; }, {npages, 1}},
    {"span-is-shortest", go1_4, [](Table& t) { t.npages[30] = 2; }, {npages, 30}},
    {"no-mergeable-neighbours", newest, [](Table& t) { t.sizes[32] = 904; }, {size, 31}},
    {"growth-leaves-no-slack", newest, [](Table& t) { t.sizes[55] = 10752; }, {size, 55}},

    {"sixteen-byte-alignment", newest, [](Table& t) { t.sizes[5] = 56; }, {size, 5}},
    {"sixteen-byte-alignment", go1_8, [](Table& t) { t.sizes[3] = 24; }, {size, 3}},
    {"sizes-are-lookup-steps", newest, [](Table& t) { t.sizes[4] = 36; }, {size, 4}},
    {"sizes-are-lookup-steps", newest, [](Table& t) { t.sizes[33] = 1160; }, {size, 33}},
    {"powers-of-two-are-classes", newest, [](Table& t) { t.sizes[6] = 56; }, {size, 7}},
    {"bitmap-limits-are-classes", newest, [](Table& t) { t.npages[2] = 2; }, {npages, 2}},
    {"bitmap-limits-are-classes", newest, [](Table& t) { t.sizes[26] = 496; }, {}},

    {"constants-came-in-order", newest, [](Table& t) { t.at(page_shift).reset(); }, at(page_shift)},
    {"constants-came-in-order", go1_4, [](Table& t) { t.at(page_shift) = 13; }, {}},
    {"lookup-steps-are-powers-of-two", newest, [](Table& t) { t.at(large_size_div) = 124; },
     at(large_size_div)},
    {"lookup-steps-divide-their-ranges", newest, [](Table& t) { t.at(small_size_div) = 7; },
     at(small_size_div)},
    {"lookup-steps-divide-their-ranges", newest, [](Table& t) { t.at(large_size_div) = 2048; },
     at(large_size_div)},
    {"ranges-are-in-order", newest, [](Table& t) { t.at(small_size_max) = 32768; },
     at(small_size_max)},
    {"ranges-are-in-order", newest, [](Table& t) { t.at(max_small_size) = UINT64_MAX; },
     at(max_small_size)},
    {"page-shift-is-a-page", newest, [](Table& t) { t.at(page_shift) = 200; }, at(page_shift)},
    {"max-objs-per-span-is-largest", newest, [](Table& t) { t.at(max_objs_per_span) = 1008; },
     at(max_objs_per_span)},
    {"max-npages-is-largest", newest, [](Table& t) { t.at(max_size_class_npages) = 11; },
     at(max_size_class_npages)},
    {"tiny-class-is-of-tiny-size", newest, [](Table& t) { t.at(tiny_size_class) = 3; },
     at(tiny_size_class)},
    {"tiny-class-is-of-tiny-size", newest, [](Table& t) { t.at(tiny_size_class) = 68; },
     at(tiny_size_class)},
    {"min-heap-align-divides-sizes", newest, [](Table& t) { t.at(min_heap_align) = 16; },
     at(min_heap_align)},
    {"min-heap-align-divides-sizes", newest, [](Table& t) { t.at(min_heap_align) = 0; },
     at(min_heap_align)},
    {"constants-are-as-ever", newest, [](Table& t) { t.at(tiny_size) = 32; }, at(tiny_size)},

    {"rows-name-every-class", newest, [](Table& t) { t.rows[3].number = 5; }, {row, 3, 0}},
    {"rows-name-every-class", newest, [](Table& t) { t.rows.pop_back(); }, {row, 66, 0}},
    {"rows-print-equal-columns",
     newest,
     [](Table& t) { t.rows[4].min_align.reset(); },
     {row, 4, 5}},
    {"rows-print-equal-columns", go1_8, [](Table& t) { t.rows[4].max_waste = 0; }, {row, 4, 5}},
    {"row-matches-arrays", newest, [](Table& t) { t.rows[3].bytes_obj = 56; }, {row, 3, 1}},
    {"row-matches-arrays", newest, [](Table& t) { t.rows[3].bytes_span = 16384; }, {row, 3, 2}},
    {"row-objects", newest, [](Table& t) { t.rows[3].objects = 168; }, {row, 3, 3}},
    {"row-tail-waste", newest, [](Table& t) { t.rows[3].tail_waste = 31; }, {row, 3, 4}},
    {"row-max-waste", newest, [](Table& t) { t.rows[3].max_waste = 3153; }, {row, 3, 5}},

    {"row-min-align", newest, [](Table& t) { t.rows[66].min_align = 32768; }, {row, 66, 6}},
    {"row-min-align", newest, [](Table& t) { t.alignment_capped = false; }, {row, 66, 6}},
    {"alignment-table-follows",
     newest,
     [](Table& t) { t.alignments[2].min_obj_size = 288; },
     {alignment, 2, 2}},
    {"alignment-table-follows", newest, [](Table& t) { t.alignments.pop_back(); }, {alignment, 6}},
    {"alignments-are-printed-together",
     newest,
     [](Table& t) { t.alignments.clear(); },
     {alignment, 0}},
    {"alignments-are-printed-together", go1_16, [](Table& t) { t.alignment_capped = false; }, {}},

    {"lookups-cover-their-ranges",
     newest,
     [](Table& t) { t.small_lookup.pop_back(); },
     {small_lookup, 128}},
    {"lookups-cover-their-ranges",
     newest,
     [](Table& t) { t.large_lookup.push_back(67); },
     {large_lookup, 249}},
    {"lookup-names-a-class", newest, [](Table& t) { t.large_lookup[9] = 68; }, {large_lookup, 9}},
    {"lookup-names-a-class", newest, [](Table& t) { t.small_lookup[9] = 0; }, {small_lookup, 9}},
    {"lookup-holds", newest, [](Table& t) { t.small_lookup[7] = 5; }, {small_lookup, 7}},
    {"lookup-is-smallest", newest, [](Table& t) { t.small_lookup[6] = 6; }, {small_lookup, 6}},
    {"lookup-never-falls", newest, [](Table& t) { t.large_lookup[90] = 2; }, {large_lookup, 90}},
    {"lookup-ends-by-its-fill", newest, [](Table& t) { t.small_lookup[0] = 1; }, {small_lookup, 0}},
    {"lookup-ends-by-its-fill",
     go1_4,
     [](Table& t) { t.small_lookup[128] = 31; },
     {small_lookup, 128}},
    {"lookup-ends-by-its-fill",
     newest,
     [](Table& t) { t.lookup_fill = LookupFill::walk; },
     {small_lookup, 128}},
    {"lookups-agree-at-the-split",
     newest,
     [](Table& t) { t.small_lookup[128] = 0; },
     {small_lookup, 128}},

    {"magic-has-its-form",
     newest,
     [](Table& t) { t.magic_form = DivideMagicForm::including; },
     {magic, 0}},
    {"magic-has-its-form", go1_16, [](Table& t) { t.magic = std::monostate{}; }, {magic, 0}},
    {"magic-has-its-form",
     newest,
     [](Table& t) { std::get<std::vector<ReciprocalMagic>>(t.magic).pop_back(); },
     {magic, 67}},
    {"magic-of-class-zero", newest, [](Table& t) { reciprocal(t, 0) = 1; }, {magic, 0}},
    {"magic-of-class-zero", go1_8, [](Table& t) { shifts(t, 0).mul = 1; }, {magic, 0}},
    {"magic-fits-its-types", newest, [](Table& t) { reciprocal(t, 4) = UINT64_MAX; }, {magic, 4}},
    {"magic-fits-its-types", go1_16, [](Table& t) { shifts(t, 4).mul = 65536; }, {magic, 4}},
    // Wrong only near the end of the span whose class needs all 32 bits.
    {"magic-divides-every-offset", newest, [](Table& t) { reciprocal(t, 65) += 2; }, {magic, 65}},
    {"magic-divides-every-offset", newest, [](Table& t) { --reciprocal(t, 1); }, {magic, 1}},
    // What 1.12 had for 48 bytes does not divide the span itself.
    {"magic-divides-every-offset",
     go1_16,
     [](Table& t) {
       shifts(t, 4) = {4, 9, 171, 0};
     },
     {magic, 4}},
    {"magic-divides-every-offset", go1_5, [](Table& t) { shifts(t, 4).shift2 = 200; }, {magic, 4}},
    // Right for every offset, but not the one that a generator writes.
    {"magic-follows-its-rule", newest, [](Table& t) { ++reciprocal(t, 4); }, {magic, 4}},
    {"magic-follows-its-rule",
     go1_8,
     [](Table& t) {
       shifts(t, 4) = {4, 11, 683, 0};
     },
     {magic, 4}},
};

const TableLaw* law_named(std::string_view id) {
  const auto laws = table_laws();
  const auto law = std::ranges::find(laws, id, [](const TableLaw& l) { return l.text.id; });
  return law == laws.end() ? nullptr : &*law;
}

TEST(TableLawFaults, EachPlantedFaultIsFoundByItsLawAtItsSpot) {
  for (const Plant& plant : plants) {
    const TableLaw* law = law_named(plant.law);
    ASSERT_NE(law, nullptr) << plant.law;
    Table table = documented_table(facts_of(plant.release));
    plant.break_it(table);
    TableFindings findings;
    findings.begin(law->text);
    law->judge(table, findings);
    std::string spots;
    bool found = false;
    for (const auto& finding : findings.kept()) {
      spots += describe(finding.spot) + "; ";
      found = found || finding.spot == plant.spot;
    }
    EXPECT_TRUE(found) << plant.law << " must find " << describe(plant.spot) << ", found " << spots;
  }
}

TEST(TableLawFaults, EveryLawHasAPlant) {
  std::set<std::string_view> planted;
  for (const Plant& plant : plants) planted.insert(plant.law);
  for (const TableLaw& law : table_laws())
    EXPECT_TRUE(planted.contains(law.text.id)) << law.text.id;
}

TEST(TableLawFaults, EveryChangeOfASingleNumberIsFound) {
  for (const Release& release : {Release{2}, go1_4, go1_8, newest}) {
    Table table = documented_table(facts_of(release));
    for (const TableField& field : fields_of(table)) {
      const std::uint64_t good = *field.value;
      for (const std::uint64_t bad : {good + 1, good == 0 ? 8 : good / 2}) {
        *field.value = bad;
        TableFindings findings;
        judge(table, findings);
        EXPECT_GT(findings.total(), 0u)
            << release.name() << ", " << describe(field.spot) << ": " << bad;
      }
      *field.value = good;
    }
  }
}

}  // namespace
}  // namespace heaplaw::oracle
