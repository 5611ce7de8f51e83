#include "cli/table/compare.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace heaplaw::cli {

namespace {

class Comparison {
 public:
  Comparison(std::vector<TableDifference>& out, std::size_t& compared)
      : out_(out), compared_(compared) {}

  void values(TableSpot spot, std::uint64_t found, std::uint64_t expected) {
    ++compared_;
    if (found != expected) {
      out_.push_back({spot, fmt::format("{}", found), fmt::format("{}", expected)});
    }
  }

  void values(TableSpot spot, const std::optional<std::uint64_t>& found,
              const std::optional<std::uint64_t>& expected) {
    if (found && expected) values(spot, *found, *expected);
  }

  // Element by element, then whatever one side has more.
  template <typename Element, typename Compare>
  void lists(TablePart part, const std::vector<Element>& found,
             const std::vector<Element>& expected, Compare&& compare) {
    if (found.empty() || expected.empty()) return;
    const std::size_t common = std::min(found.size(), expected.size());
    for (std::size_t i = 0; i < common; ++i) compare(i, found[i], expected[i]);
    if (found.size() > common) {
      out_.push_back({{part, common},
                      fmt::format("{} entries", found.size()),
                      fmt::format("{}", expected.size())});
    } else if (expected.size() > common) {
      out_.push_back({{part, common}, "nothing", fmt::format("{} entries", expected.size())});
    }
  }

  void numbers(TablePart part, const std::vector<std::uint64_t>& found,
               const std::vector<std::uint64_t>& expected) {
    lists(part, found, expected, [&](std::size_t i, std::uint64_t f, std::uint64_t e) {
      values({part, i}, f, e);
    });
  }

 private:
  std::vector<TableDifference>& out_;
  std::size_t& compared_;
};

void compare_magic(Comparison& comparison, const DivideMagic& found, const DivideMagic& expected) {
  const auto* const reciprocals = std::get_if<std::vector<ReciprocalMagic>>(&found);
  const auto* const wanted_reciprocals = std::get_if<std::vector<ReciprocalMagic>>(&expected);
  if (reciprocals && wanted_reciprocals) {
    comparison.numbers(TablePart::magic, *reciprocals, *wanted_reciprocals);
  }
  const auto* const shifts = std::get_if<std::vector<ShiftMagic>>(&found);
  const auto* const wanted_shifts = std::get_if<std::vector<ShiftMagic>>(&expected);
  if (!shifts || !wanted_shifts) return;
  comparison.lists(TablePart::magic, *shifts, *wanted_shifts,
                   [&](std::size_t i, const ShiftMagic& f, const ShiftMagic& e) {
                     comparison.values({TablePart::magic, i, 0}, f.shift, e.shift);
                     comparison.values({TablePart::magic, i, 1}, f.shift2, e.shift2);
                     comparison.values({TablePart::magic, i, 2}, f.mul, e.mul);
                     comparison.values({TablePart::magic, i, 3}, f.base_mask, e.base_mask);
                   });
}

void compare_rows(Comparison& comparison, const SizeClassTable& found,
                  const SizeClassTable& expected) {
  constexpr auto row = TablePart::row;
  comparison.lists(row, found.rows, expected.rows,
                   [&](std::size_t i, const ClassRow& f, const ClassRow& e) {
                     comparison.values({row, i, 0}, f.number, e.number);
                     comparison.values({row, i, 1}, f.bytes_obj, e.bytes_obj);
                     comparison.values({row, i, 2}, f.bytes_span, e.bytes_span);
                     comparison.values({row, i, 3}, f.objects, e.objects);
                     comparison.values({row, i, 4}, f.tail_waste, e.tail_waste);
                     comparison.values({row, i, 5}, f.max_waste, e.max_waste);
                     comparison.values({row, i, 6}, f.min_align, e.min_align);
                   });
  constexpr auto alignment = TablePart::alignment;
  comparison.lists(alignment, found.alignments, expected.alignments,
                   [&](std::size_t i, const AlignmentRow& f, const AlignmentRow& e) {
                     comparison.values({alignment, i, 0}, f.alignment, e.alignment);
                     comparison.values({alignment, i, 1}, f.bits, e.bits);
                     comparison.values({alignment, i, 2}, f.min_obj_size, e.min_obj_size);
                   });
}

}  // namespace

std::vector<TableDifference> differences(const SizeClassTable& found,
                                         const SizeClassTable& expected, std::size_t& compared) {
  std::vector<TableDifference> out;
  Comparison comparison(out, compared);
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    comparison.values({TablePart::constant, i}, found.constants[i], expected.constants[i]);
  }
  comparison.numbers(TablePart::size, found.sizes, expected.sizes);
  comparison.numbers(TablePart::npages, found.npages, expected.npages);
  compare_magic(comparison, found.magic, expected.magic);
  comparison.numbers(TablePart::small_lookup, found.small_lookup, expected.small_lookup);
  comparison.numbers(TablePart::large_lookup, found.large_lookup, expected.large_lookup);
  compare_rows(comparison, found, expected);
  return out;
}

}  // namespace heaplaw::cli
