#include "evidence/size_class_file.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/bounded_reader.h"
#include "evidence/matching_edition.h"
#include "evidence/size_class_file_printer.h"
#include "input_error_text.h"
#include "shipped_tables.h"

namespace heaplaw::evidence {
namespace {

using testing::ElementsAre;

std::string sample_text(const std::string& name) {
  return read_bounded(HEAPLAW_CORPUS "/size-class-files/" + name);
}
SizeClassFile sample(const std::string& name) {
  return parse_size_class_file(sample_text(name), name);
}

TEST(SizeClassFile, EveryEditionReadsBackAsTheSameTableAndText) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    SizeClassTable table = shipped_table(edition);
    const std::string text = print(table, edition);
    const SizeClassFile file = parse_size_class_file(text, "f.go");
    // What structs were computed for cannot be read from them.
    if (table.magic_form == DivideMagicForm::including) {
      table.magic_form = DivideMagicForm::excluding;
    }
    EXPECT_EQ(file.table, table) << edition.id;
    EXPECT_EQ(print(file.table, edition), text) << edition.id;
    EXPECT_TRUE(file.notes.empty()) << edition.id;
  }
}

// Every number of the file, asked for its place, stands there.
TEST(SizeClassFile, EveryNumberStandsAtItsPlace) {
  const SizeClassEdition& edition = size_class_edition(15);
  const std::string text = print(shipped_table(edition), edition);
  const SizeClassFile file = parse_size_class_file(text, "f.go");
  std::vector<std::string_view> lines;
  for (std::string_view rest = text; !rest.empty();) {
    lines.push_back(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(lines.back().size() + 1);
  }
  const auto expect = [&](const TableSpot& spot, const std::string& value) {
    const Place place = file.place_of(spot);
    ASSERT_GT(place.line, 0u) << describe(spot);
    EXPECT_TRUE(lines[place.line - 1].substr(place.column - 1).starts_with(value))
        << to_string(place) << " for " << describe(spot) << ", expected " << value;
  };
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    expect({TablePart::constant, i}, std::to_string(*file.table.constants[i]));
  }
  for (std::size_t i = 0; i < file.table.sizes.size(); ++i) {
    expect({TablePart::size, i}, std::to_string(file.table.sizes[i]));
    expect({TablePart::npages, i}, std::to_string(file.table.npages[i]));
  }
  for (std::size_t i = 0; i < file.table.large_lookup.size(); ++i) {
    expect({TablePart::large_lookup, i}, std::to_string(file.table.large_lookup[i]));
  }
  expect({TablePart::magic, 5}, "^uint32(0)/48 + 1");
  for (std::size_t i = 0; i < file.table.rows.size(); ++i) {
    expect({TablePart::row, i, 0}, std::to_string(file.table.rows[i].number));
    expect({TablePart::row, i, 4}, std::to_string(file.table.rows[i].tail_waste));
    expect({TablePart::row, i, 6}, std::to_string(*file.table.rows[i].min_align));
  }
  expect({TablePart::alignment, 5, 2}, "28672");
}

TEST(SizeClassFile, PlacesWhatIsMissingWhereItShouldStand) {
  const SizeClassFile file = parse_size_class_file(
      "var class_to_size = [2]uint16{0, 8}\nvar class_to_divmagic = [1]d{{1, 2, 3, 4}}\n", "f.go");
  EXPECT_EQ(to_string(file.place_of({TablePart::size, 2})), "f.go:1:35");
  EXPECT_EQ(to_string(file.place_of({TablePart::magic, 0, 3})), "f.go:2:40");
  EXPECT_EQ(to_string(file.place_of({TablePart::magic, 1})), "f.go:2:42");
  EXPECT_EQ(to_string(file.place_of({TablePart::npages, 0})), "f.go");
  EXPECT_EQ(to_string(file.place_of({TablePart::constant, 0})), "f.go");
  EXPECT_EQ(to_string(file.place_of({TablePart::row, 0})), "f.go");
  EXPECT_EQ(to_string(file.place_of({})), "f.go");
}

TEST(SizeClassFile, ReadsAForkThatChangedEverything) {
  const SizeClassFile file = sample("tiny-fork.go");
  const SizeClassTable& table = file.table;
  EXPECT_THAT(table.sizes, ElementsAre(0, 16, 48, 128));
  EXPECT_THAT(table.npages, ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(table.small_lookup, ElementsAre(0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3));
  EXPECT_THAT(table.large_lookup, ElementsAre(3));
  EXPECT_EQ(table.at(TableConstant::max_small_size), 128u);
  EXPECT_EQ(table.at(TableConstant::small_size_max), 128u);
  EXPECT_EQ(table.at(TableConstant::num_size_classes), 4u);
  EXPECT_FALSE(table.at(TableConstant::tiny_size));
  EXPECT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[2].max_waste, 6250u);
  EXPECT_FALSE(table.rows[2].min_align);
  EXPECT_EQ(file.array(TablePart::small_lookup).length, 17u);
  EXPECT_EQ(file.array(TablePart::npages).length, std::nullopt);
  EXPECT_EQ(file.package.text, "alloc");
  EXPECT_EQ(file.columns, CommentColumns::tail_and_max);
}

TEST(SizeClassFile, FieldsOfTheMagicFollowTheirDeclaration) {
  const SizeClassFile file = sample("tiny-fork.go");
  const auto& magic = std::get<std::vector<ShiftMagic>>(file.table.magic);
  ASSERT_EQ(magic.size(), 4u);
  EXPECT_EQ(magic[2], (ShiftMagic{.shift = 4, .shift2 = 9, .mul = 171, .base_mask = 0}));
  EXPECT_EQ(magic[3], (ShiftMagic{.shift = 7, .shift2 = 0, .mul = 1, .base_mask = 65408}));
  EXPECT_EQ(file.magic_spelling, MagicSpelling::structs);
  EXPECT_EQ(to_string(file.place_of({TablePart::magic, 2, 0})), "tiny-fork.go:48:43");
  EXPECT_EQ(to_string(file.place_of({TablePart::magic, 2, 3})), "tiny-fork.go:48:35");
  const SizeClassFile inline_struct = parse_size_class_file(
      "var class_to_size = []uint8{0}\n"
      "var class_to_divmagic = [1]struct{mul, shift, shift2, baseMask uint8}{{1, 2, 3, 4}}",
      "f");
  EXPECT_EQ(std::get<std::vector<ShiftMagic>>(inline_struct.table.magic)[0],
            (ShiftMagic{.shift = 2, .shift2 = 3, .mul = 1, .base_mask = 4}));
}

TEST(SizeClassFile, MagicMayBeNumbers) {
  const SizeClassFile file = sample("magic-as-numbers.go");
  EXPECT_EQ(file.magic_spelling, MagicSpelling::numbers);
  EXPECT_THAT(std::get<std::vector<ReciprocalMagic>>(file.table.magic),
              ElementsAre(0, 536870912, 268435456));
  EXPECT_EQ(file.table.magic_form, DivideMagicForm::reciprocal);
}

TEST(SizeClassFile, KnowsWhatAnExpressionDividesBy) {
  const SizeClassFile file = sample("wrong-divisor.go");
  ASSERT_EQ(file.divisors.size(), 3u);
  EXPECT_FALSE(file.divisors[0]);
  EXPECT_EQ(file.divisors[2]->value, 40u);
  EXPECT_EQ(std::get<std::vector<ReciprocalMagic>>(file.table.magic)[2], 107374183u);
  EXPECT_EQ(to_string(file.place_of_divisor(2)), "wrong-divisor.go:7:13");
  EXPECT_EQ(to_string(file.place_of_divisor(0)), "wrong-divisor.go:5:2");
}

TEST(SizeClassFile, ReadsWrongNumbersAndKnowsWhereTheyStand) {
  const SizeClassFile lying = sample("lying-row.go");
  EXPECT_EQ(lying.table.rows[1].objects, 511u);
  EXPECT_EQ(to_string(lying.place_of({TablePart::row, 1, 3})), "lying-row.go:5:38");

  const SizeClassFile short_count = sample("class-count-off-by-one.go");
  EXPECT_EQ(short_count.array(TablePart::size).length, 3u) << "the constant stands below";
  EXPECT_EQ(short_count.table.sizes.size(), 4u);
}

TEST(SizeClassFile, LineEndsAndMarksOfOtherSystemsChangeNothing) {
  const SizeClassFile crlf = sample("crlf.go");
  EXPECT_TRUE(crlf.had_crlf);
  EXPECT_THAT(crlf.table.sizes, ElementsAre(0, 8));
  EXPECT_EQ(crlf.columns, CommentColumns::waste_bytes);
  EXPECT_EQ(to_string(crlf.place_of({TablePart::size, 1})), "crlf.go:7:5");

  const SizeClassFile marked = sample("byte-order-mark.go");
  EXPECT_TRUE(marked.had_bom);
  EXPECT_EQ(to_string(marked.lines.place(marked.package.offset)), "byte-order-mark.go:1:9");

  const SizeClassEdition& edition = size_class_edition(9);
  const std::string text = print(shipped_table(edition), edition);
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string{"\r\n"} : std::string{c};
  const SizeClassFile converted = parse_size_class_file(windows, "f.go");
  EXPECT_EQ(print(converted.table, edition), text);
  EXPECT_EQ(matching_edition(converted), &edition);
}

TEST(SizeClassFile, ReadsUncappedAlignmentsByWhatExceedsThePage) {
  for (const int id : {7, 8, 9}) {
    const SizeClassEdition& edition = size_class_edition(id);
    const SizeClassFile file = parse_size_class_file(print(shipped_table(edition), edition), "f");
    EXPECT_EQ(file.table.alignment_capped, edition.alignment_capped) << id;
  }
}

TEST(SizeClassFile, RefusesTheBrokenSamples) {
  const auto error_of = [](const std::string& name) {
    return input_error_text([&] { return sample(name); });
  };
  EXPECT_EQ(error_of("truncated.go"),
            "truncated.go:6:1: found the end of the file, expected ',' or '}'");
  EXPECT_EQ(error_of("same-array-twice.go"),
            "same-array-twice.go:4:5: found a second array 'SizeClassToSize', expected only the "
            "one at same-array-twice.go:3:5");
  EXPECT_EQ(error_of("unbalanced-function.go"),
            "unbalanced-function.go:6:4: found ']', expected ')' to close what line 6 opened");
}

// Wherever a real file is cut, it is refused with a place, or its missing parts are missing.
TEST(SizeClassFile, SurvivesEveryTruncation) {
  const SizeClassEdition& edition = size_class_edition(15);
  const std::string text = print(shipped_table(edition), edition);
  for (std::size_t length = 0; length < text.size(); length += 7) {
    try {
      (void)parse_size_class_file(std::string_view{text}.substr(0, length), "f.go");
    } catch (const InputError& error) {
      EXPECT_GT(error.place().line, 0u);
    }
  }
}

}  // namespace
}  // namespace heaplaw::evidence
