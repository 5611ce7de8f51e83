// Tables from hostile files: judging them ends soon and keeps little, whatever they say.
#include <random>

#include <gtest/gtest.h>

#include "oracle/tables/documented_table.h"
#include "oracle/tables/table_fields.h"
#include "oracle/tables/table_laws.h"

namespace heaplaw::oracle {
namespace {

TableFindings judged(const SizeClassTable& table) {
  TableFindings findings;
  judge(table, findings);
  EXPECT_LE(findings.kept().size(), table_laws().size() * TableFindings::kept_per_law);
  // Every offset of the spans that are judged, and little more.
  EXPECT_LE(findings.comparisons(), judged_at_most::spans_together + (1u << 20));
  return findings;
}

TEST(TableLawsBounds, AnEmptyTableBreaksLawsAndNothingElse) { EXPECT_GT(judged({}).total(), 0u); }

constexpr std::uint64_t extremes[] = {
    0, 1, 64, 200, 65536, std::uint64_t{1} << 32, std::uint64_t{1} << 60, UINT64_MAX};

TEST(TableLawsBounds, AMillionEqualEntriesAreJudged) {
  constexpr std::size_t million = 1'000'000;
  for (const std::uint64_t value : extremes) {
    SizeClassTable table;
    table.sizes.assign(million, value);
    table.npages.assign(million, value);
    table.magic_form = DivideMagicForm::excluding;
    table.magic = std::vector<ShiftMagic>(million, {value, value, value, value});
    table.small_lookup.assign(million, value);
    table.large_lookup.assign(million, value);
    table.rows.assign(million, {value, value, value, value, value, value, value});
    table.alignments.assign(million, {value, value, value});
    EXPECT_GT(judged(table).total(), 0u) << value;
  }
}

TEST(TableLawsBounds, EveryConstantMayBeExtreme) {
  for (std::size_t c = 0; c < table_constant_count; ++c) {
    for (const std::uint64_t value : extremes) {
      SizeClassTable table = documented_table(15);
      table.constants[c] = value;
      EXPECT_GT(judged(table).total(), 0u) << c << ": " << value;
    }
  }
}

// The most work that the limits allow: long spans, of sizes that need many tries.
TEST(TableLawsBounds, TheLongestSpansAreJudgedUntilTheSumIsTooLarge) {
  for (const auto form :
       {DivideMagicForm::widest, DivideMagicForm::excluding, DivideMagicForm::including}) {
    SizeClassTable table = documented_table(6);
    table.magic_form = form;
    table.sizes.resize(256);
    table.npages.assign(256, judged_at_most::span / 8192);
    for (std::size_t c = 1; c < 256; ++c) table.sizes[c] = 65535 - 2 * (256 - c);
    std::get<std::vector<ShiftMagic>>(table.magic).resize(256);
    bool said_so = false;
    const TableFindings findings = judged(table);
    for (const auto& finding : findings.kept()) {
      said_so = said_so || (finding.law->id == "magic-divides-every-offset" &&
                            finding.spot.part == TablePart::npages);
    }
    EXPECT_TRUE(said_so);
  }
}

TEST(TableLawsBounds, RandomTablesAreJudged) {
  constexpr unsigned seed = 20121;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    SizeClassTable table = documented_table(1 + static_cast<int>(random() % 15));
    auto fields = fields_of(table);
    for (std::size_t changes = random() % 200; changes > 0; --changes) {
      *fields[random() % fields.size()].value = random() >> random() % 64;
    }
    table.magic_form = static_cast<DivideMagicForm>(random() % 5);
    table.lookup_fill = static_cast<LookupFill>(random() % 2);
    if (random() % 4 == 0) table.sizes.resize(random() % 300);
    if (random() % 4 == 0) table.npages.resize(random() % 300, 1);
    if (random() % 4 == 0) table.small_lookup.resize(random() % 300);
    if (random() % 4 == 0) table.rows.resize(random() % 300);
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", round " << round);
    judged(table);
  }
}

}  // namespace
}  // namespace heaplaw::oracle
