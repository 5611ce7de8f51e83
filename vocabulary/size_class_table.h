// The shape of a size-class table: what a sizeclasses.go says, whoever computed or parsed it.
// Plain data without rules, so that the model and the oracle can each bring their own.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vocabulary/units.h"

namespace heaplaw {

// What the classes are computed from (SC spec, sections 1 and 2).
struct SizeClassParameters {
  Bytes page_size{8192};
  Bytes max_small_size{32768};  // above it an object has its own span
  Bytes small_size_max{1024};   // up to here the fine lookup is used
  Bytes small_size_div{8};      // bytes per entry of the fine lookup
  Bytes large_size_div{128};  // bytes per entry of the coarse lookup; the growth pass rounds to it
  Bytes min_heap_align{8};    // the first class and the first step
  Bytes step16_from{32};      // the step becomes 16 at this power of two: 16 before Go 1.16
  bool grow_to_fill = true;   // since Go 1.8 a class takes what its span would leave over

  bool operator==(const SizeClassParameters&) const = default;
};

struct SizeClass {
  Bytes size;
  Pages pages;  // of each of its spans

  bool operator==(const SizeClass&) const = default;
};

// How a span divides an offset by its element size without dividing (SC spec, section 6).
enum class DivideMagicForm : std::uint8_t {
  none,        // Go 1.0 to 1.4
  widest,      // 1.5 to 1.7: the largest shift whose multiplier fits 32 bits
  excluding,   // 1.8 to 1.12: the smallest shift exact for offsets below the span's size
  including,   // 1.13 to 1.16: the smallest shift exact for the span's size as well
  reciprocal,  // 1.17 on: ceil(2^32 / size)
};

// quotient = ((offset >> shift) * mul) >> shift2, or offset >> shift where base_mask is not zero.
struct ShiftMagic {
  std::uint64_t shift = 0;
  std::uint64_t shift2 = 0;
  std::uint64_t mul = 0;
  std::uint64_t base_mask = 0;

  bool operator==(const ShiftMagic&) const = default;
};

// quotient = (offset * m) >> 32
using ReciprocalMagic = std::uint64_t;

// One entry a class, class 0 included; nothing before Go 1.5.
using DivideMagic =
    std::variant<std::monostate, std::vector<ShiftMagic>, std::vector<ReciprocalMagic>>;

// What entry 0 and the last entry of the fine lookup hold (SC spec, section 3).
enum class LookupFill : std::uint8_t {
  walk,       // Go 1.0 to 1.7: entry 0 is class 1, the entry at the split is never filled
  first_fit,  // 1.8 on: every entry is the first class that holds its size, class 0 for size 0
};

// Named constants of the generated file, in the order in which the newest release prints them.
enum class TableConstant : std::uint8_t {
  min_heap_align,
  max_small_size,
  small_size_div,
  small_size_max,
  large_size_div,
  num_size_classes,
  page_shift,
  max_objs_per_span,
  max_size_class_npages,
  tiny_size,
  tiny_size_class,
};
inline constexpr std::size_t table_constant_count = 11;

// A line of the comment table. Columns that the release does not print are empty.
struct ClassRow {
  std::uint64_t number = 0;
  std::uint64_t bytes_obj = 0;
  std::uint64_t bytes_span = 0;
  std::uint64_t objects = 0;
  std::uint64_t tail_waste = 0;
  std::optional<std::uint64_t> max_waste;  // hundredths of a percent: 4688 is printed as 46.88%
  std::optional<std::uint64_t> min_align;

  bool operator==(const ClassRow&) const = default;
};

// "Every class from min_obj_size on is a multiple of alignment = 2^bits" (1.17 on).
struct AlignmentRow {
  std::uint64_t alignment = 0;
  std::uint64_t bits = 0;
  std::uint64_t min_obj_size = 0;

  bool operator==(const AlignmentRow&) const = default;
};

struct SizeClassTable {
  std::array<std::optional<std::uint64_t>, table_constant_count> constants;
  std::vector<std::uint64_t> sizes;   // bytes; entry 0 is class 0
  std::vector<std::uint64_t> npages;  // pages; entry 0 is class 0
  DivideMagicForm magic_form = DivideMagicForm::none;
  DivideMagic magic;
  LookupFill lookup_fill = LookupFill::first_fit;
  std::vector<std::uint64_t> small_lookup;  // size_to_class8
  std::vector<std::uint64_t> large_lookup;  // size_to_class128
  std::vector<ClassRow> rows;               // empty where no comment table is printed
  std::vector<AlignmentRow> alignments;     // likewise
  // Only development snapshots between 1.16 and 1.17 let alignments exceed the page.
  bool alignment_capped = true;

  [[nodiscard]] std::optional<std::uint64_t>& at(TableConstant c) {
    return constants[static_cast<std::size_t>(c)];
  }
  [[nodiscard]] const std::optional<std::uint64_t>& at(TableConstant c) const {
    return constants[static_cast<std::size_t>(c)];
  }

  bool operator==(const SizeClassTable&) const = default;
};

// Where in a table something stands; a parser maps it to a line and a column.
enum class TablePart : std::uint8_t {
  whole,     // index and column unused
  constant,  // index is the TableConstant
  size,      // index is the class, as in the next two
  npages,
  magic,
  small_lookup,  // index is the entry
  large_lookup,
  row,        // index counts the rows from 0; column counts the fields from 0
  alignment,  // likewise
};

struct TableSpot {
  TablePart part = TablePart::whole;
  std::size_t index = 0;
  std::size_t column = 0;

  auto operator<=>(const TableSpot&) const = default;
};

// "size of class 8", "tail waste in row 3": for people; rows count from 1 here.
[[nodiscard]] std::string describe(const TableSpot& spot);

}  // namespace heaplaw
