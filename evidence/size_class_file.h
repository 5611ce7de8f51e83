// A sizeclasses.go as it was found: the table, the form in which it is written, and where in the
// text each of its facts stands. Whether the facts are right is for others to say.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/comment_reader.h"
#include "evidence/go_expression.h"
#include "evidence/source_text.h"
#include "evidence/table_words.h"
#include "vocabulary/size_class_edition.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::evidence {

// Something that was skipped or looks odd, without making the table unreadable.
struct Note {
  Place place;
  std::string text;
};

struct WrittenConstant {
  TableConstant constant;
  std::string name;  // as the file spells it
  std::size_t name_offset = 0;
  std::size_t value_offset = 0;
};

struct WrittenArray {
  std::string name;  // empty if the file has no such array
  std::size_t name_offset = 0;
  std::optional<std::uint64_t> length;  // between the brackets, where it can be computed
  std::size_t length_offset = 0;
  std::string element_type;
  std::vector<std::size_t> entries;  // offsets; for structs shift, shift2, mul, baseMask
  std::size_t end_offset = 0;        // of the closing brace

  [[nodiscard]] bool present() const { return !name.empty(); }
};

// How the entries of the divide magic are spelled.
enum class MagicSpelling : std::uint8_t {
  none,         // the file has no such array
  structs,      // {4, 11, 683, 0}
  expressions,  // ^uint32(0)/48 + 1, for at least one class
  numbers,      // 89478486
};

struct SizeClassFile {
  // Structs do not say what they were computed for, so magic_form is `excluding` for every file of
  // structs, also for one whose values hold for `including`: to tell them apart, compare the values
  // with both editions that matching_editions() offers.
  SizeClassTable table;

  // The surface: everything but the numbers.
  WrittenText banner;                      // the comment that says DO NOT EDIT, or the first line
  WrittenText generate;                    // the go:generate line
  WrittenText package;                     // the name behind `package`
  std::optional<CommentColumns> columns;   // empty for a set of columns that no edition prints
  std::vector<WrittenConstant> constants;  // in the file's order
  std::array<WrittenArray, table_array_count> arrays;
  MagicSpelling magic_spelling = MagicSpelling::none;
  // What the expression for each class divides by; empty where it is not such an expression.
  std::vector<std::optional<Divisor>> divisors;
  std::array<bool, class_field_count> has_field{};  // whether rows have the column
  bool had_crlf = false;
  bool had_bom = false;
  std::vector<Note> notes;  // the first hundred

  [[nodiscard]] const WrittenArray& array(TablePart part) const {
    return arrays[array_index(part)];
  }
  // For a constant its value; for structs `column` counts the fields; for an entry, row or column
  // that is missing, where it should stand: the array's end, the row's begin. Without a line if the
  // file has nothing of the kind.
  [[nodiscard]] Place place_of(const TableSpot& spot) const;
  // Of the 48 in ^uint32(0)/48 + 1; where there is none, of the entry.
  [[nodiscard]] Place place_of_divisor(std::size_t size_class) const;

  // Offsets above are turned into places with this.
  LineIndex lines;
  std::vector<CommentTable::Row> row_cells;
  std::vector<CommentTable::Row> alignment_cells;
};

// Reads what gofmt, an editor or a fork may have made of the file: any spacing and order, CRLF,
// constant expressions, missing tables. Throws InputError, with the place, for what is not text,
// not Go, ambiguous (the same array twice), or not a size-class table at all.
[[nodiscard]] SizeClassFile parse_size_class_file(std::string_view text,
                                                  std::string_view file_name);

}  // namespace heaplaw::evidence
