// What a parsed sizeclasses.go comes to once all of it was read.
#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "evidence/size_class_parser.h"

namespace heaplaw::evidence {

namespace {

constexpr std::uint64_t default_page_shift = 13;

ClassRow class_row(const CommentTable::Row& cells, const CommentTable& table) {
  ClassRow row{.number = cells[0].value,
               .bytes_obj = cells[1].value,
               .bytes_span = cells[2].value,
               .objects = cells[3].value,
               .tail_waste = cells[4].value,
               .max_waste = {},
               .min_align = {}};
  if (!table.heading_of(5).empty()) row.max_waste = cells[5].value;
  if (!table.heading_of(6).empty()) row.min_align = cells[6].value;
  return row;
}

// Development snapshots let the alignments of the comment tables exceed the page.
bool alignments_capped(const SizeClassTable& table) {
  const std::uint64_t shift = table.at(TableConstant::page_shift).value_or(default_page_shift);
  if (shift >= 64) return true;
  const std::uint64_t page = std::uint64_t{1} << shift;
  return std::ranges::all_of(
             table.rows, [&](const ClassRow& row) { return row.min_align.value_or(0) <= page; }) &&
         std::ranges::all_of(table.alignments,
                             [&](const AlignmentRow& row) { return row.alignment <= page; });
}

struct ColumnSet {
  CommentColumns columns;
  std::vector<std::string_view> classes;
  std::vector<std::string_view> alignments;
};
const std::vector<ColumnSet>& column_sets() {
  static const std::vector<ColumnSet> sets = {
      {CommentColumns::none, {}, {}},
      {CommentColumns::waste_bytes,
       {"class", "bytes/obj", "bytes/span", "objects", "waste bytes"},
       {}},
      {CommentColumns::tail_and_max,
       {"class", "bytes/obj", "bytes/span", "objects", "tail waste", "max waste"},
       {}},
      {CommentColumns::and_min_align,
       {"class", "bytes/obj", "bytes/span", "objects", "tail waste", "max waste", "min align"},
       {"alignment", "bits", "min obj size"}},
  };
  return sets;
}

}  // namespace

void SizeClassParser::finish_lengths() {
  for (std::size_t i = 0; i < table_array_count; ++i) {
    WrittenArray& array = file_.arrays[i];
    if (!lengths_[i]) continue;
    try {
      const std::uint64_t length = evaluate(*lengths_[i], constants_).value;
      lengths_[i]->expect("]", "']'");
      array.length = length;
    } catch (const InputError& error) {
      note(array.length_offset,
           fmt::format("the length of {} is not checked: {}", array.name, error.what()));
    }
  }
}

void SizeClassParser::finish_magic() {
  SizeClassTable& table = file_.table;
  table.sizes = std::move(values_[array_index(TablePart::size)]);
  table.npages = std::move(values_[array_index(TablePart::npages)]);
  table.small_lookup = std::move(values_[array_index(TablePart::small_lookup)]);
  table.large_lookup = std::move(values_[array_index(TablePart::large_lookup)]);

  std::vector<std::uint64_t>& values = values_[array_index(TablePart::magic)];
  WrittenArray& array = file_.arrays[array_index(TablePart::magic)];
  if (!array.present()) return;
  if (values.empty() && unsigned_type_bits(array.element_type) == 0) {
    file_.magic_spelling = MagicSpelling::structs;
  }
  if (file_.magic_spelling == MagicSpelling::structs) {
    std::array<std::size_t, 4> at{0, 1, 2, 3};
    if (struct_name_ == array.element_type) at = struct_order_;
    std::vector<ShiftMagic> magic;
    const std::vector<std::size_t> offsets = array.entries;
    for (std::size_t i = 0; i + 4 <= values.size(); i += 4) {
      magic.push_back({.shift = values[i + at[0]],
                       .shift2 = values[i + at[1]],
                       .mul = values[i + at[2]],
                       .base_mask = values[i + at[3]]});
      for (std::size_t field = 0; field < 4; ++field) {
        array.entries[i + field] = offsets[i + at[field]];
      }
    }
    table.magic = std::move(magic);
    table.magic_form = DivideMagicForm::excluding;
    return;
  }
  const bool expressions =
      std::ranges::any_of(file_.divisors, [](const auto& divisor) { return divisor.has_value(); });
  file_.magic_spelling = expressions ? MagicSpelling::expressions : MagicSpelling::numbers;
  table.magic = std::move(values);
  table.magic_form = DivideMagicForm::reciprocal;
}

void SizeClassParser::finish_comments() {
  SizeClassTable& table = file_.table;
  file_.banner = comments_.banner();
  file_.generate = comments_.generate();
  file_.columns = columns();
  for (std::size_t i = 0; i < class_field_count; ++i) {
    file_.has_field[i] = !comments_.classes().heading_of(i).empty();
  }
  file_.row_cells = comments_.classes().rows();
  file_.alignment_cells = comments_.alignments().rows();
  for (const CommentTable::Row& cells : file_.row_cells) {
    table.rows.push_back(class_row(cells, comments_.classes()));
  }
  for (const CommentTable::Row& cells : file_.alignment_cells) {
    table.alignments.push_back(
        {.alignment = cells[0].value, .bits = cells[1].value, .min_obj_size = cells[2].value});
  }
  table.alignment_capped = alignments_capped(table);
}

std::optional<CommentColumns> SizeClassParser::columns() const {
  for (const ColumnSet& set : column_sets()) {
    if (comments_.classes().has_exactly(set.classes) &&
        comments_.alignments().has_exactly(set.alignments)) {
      return set.columns;
    }
  }
  return std::nullopt;
}

}  // namespace heaplaw::evidence
