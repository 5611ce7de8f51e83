#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

namespace {

using enum TableConstant;

TableSpot spot_of(TableConstant c) { return {TablePart::constant, static_cast<std::size_t>(c)}; }

// Constants were only ever added, in this order, and then all that a row of the list names.
void constants_came_in_order(const SizeClassTable& table, TableFindings& findings) {
  constexpr TableConstant order[] = {max_small_size,    num_size_classes, page_shift,
                                     small_size_div,    small_size_max,   large_size_div,
                                     max_objs_per_span, min_heap_align,   max_size_class_npages,
                                     tiny_size,         tiny_size_class};
  constexpr std::size_t generations[] = {0, 6, 7, 8, 9, 11};
  std::size_t stated = 0;
  for (const auto& value : table.constants) stated += value.has_value();
  const bool known = std::ranges::find(generations, stated) != std::end(generations);
  findings.compared();
  if (!known) findings.add({}, fmt::format("{} constants", stated), "0, 6, 7, 8, 9 or 11");
  for (std::size_t i = 0; i < stated; ++i) {
    findings.compared();
    if (!table.at(order[i])) findings.add(spot_of(order[i]), "not stated", "a value");
  }
}

void lookup_steps_are_powers_of_two(const SizeClassTable& table, TableFindings& findings) {
  for (const TableConstant c : {small_size_div, large_size_div}) {
    if (!table.at(c)) continue;
    findings.compared();
    if (is_power_of_two(*table.at(c))) continue;
    findings.add(spot_of(c), std::to_string(*table.at(c)), "a power of two");
  }
}

void lookup_steps_divide_their_ranges(const SizeClassTable& table, TableFindings& findings) {
  const auto& small_max = table.at(small_size_max);
  const auto& small_div = table.at(small_size_div);
  if (small_max && small_div && *small_div != 0) {
    expect_equal(findings, spot_of(small_size_div), *small_max % *small_div, 0);
  }
  const auto& large_div = table.at(large_size_div);
  const auto& max_small = table.at(max_small_size);
  if (small_max && max_small && large_div && *large_div != 0 && *max_small >= *small_max) {
    expect_equal(findings, spot_of(large_size_div), (*max_small - *small_max) % *large_div, 0);
  }
}

void ranges_are_in_order(const SizeClassTable& table, TableFindings& findings) {
  if (!table.at(small_size_max) && !table.at(max_small_size)) return;
  const std::uint64_t split = constant_of(table, small_size_max);
  const std::uint64_t last = constant_of(table, max_small_size);
  findings.compared(2);
  if (split == 0 || split >= last) {
    findings.add(spot_of(small_size_max), std::to_string(split),
                 fmt::format("more than 0 and less than {}", last));
  }
  if (last > judged_at_most::request) {
    findings.add(spot_of(max_small_size), std::to_string(last),
                 fmt::format("at most {}", judged_at_most::request));
  }
}

void page_shift_is_a_page(const SizeClassTable& table, TableFindings& findings) {
  if (!table.at(page_shift)) return;
  findings.compared();
  const std::uint64_t shift = *table.at(page_shift);
  if (shift >= least_page_shift && shift <= largest_page_shift) return;
  findings.add(spot_of(page_shift), std::to_string(shift), "12 to 16");
}

void max_objs_per_span_is_largest(const SizeClassTable& table, TableFindings& findings) {
  if (!table.at(max_objs_per_span)) return;
  std::uint64_t largest = 0;
  for (const JudgedClass& c : judged_classes(table)) largest = std::max(largest, c.objects());
  expect_equal(findings, spot_of(max_objs_per_span), *table.at(max_objs_per_span), largest);
}

void max_npages_is_largest(const SizeClassTable& table, TableFindings& findings) {
  if (!table.at(max_size_class_npages)) return;
  std::uint64_t largest = 0;
  for (const std::uint64_t n : at_most(judged_at_most::classes, table.npages)) {
    largest = std::max(largest, n);
  }
  expect_equal(findings, spot_of(max_size_class_npages), *table.at(max_size_class_npages), largest);
}

void tiny_class_is_of_tiny_size(const SizeClassTable& table, TableFindings& findings) {
  const auto& number = table.at(tiny_size_class);
  const auto& size = table.at(tiny_size);
  if (!number || !size) return;
  if (*number >= table.sizes.size()) {
    findings.compared();
    return findings.add(spot_of(tiny_size_class), std::to_string(*number), "a class");
  }
  expect_equal(findings, spot_of(tiny_size_class), table.sizes[*number], *size);
}

void min_heap_align_divides_sizes(const SizeClassTable& table, TableFindings& findings) {
  const auto& align = table.at(min_heap_align);
  if (!align) return;
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  if (sizes.size() > 1) expect_equal(findings, spot_of(min_heap_align), *align, sizes[1]);
  if (*align == 0) return findings.add(spot_of(min_heap_align), "0", "a power of two");
  for (const std::uint64_t size : sizes) {
    findings.compared();
    if (size % *align == 0) continue;
    findings.add(spot_of(min_heap_align), std::to_string(*align),
                 fmt::format("a divisor of {}", size));
  }
}

void constants_are_as_ever(const SizeClassTable& table, TableFindings& findings) {
  struct Fixed {
    TableConstant constant;
    std::uint64_t value;
  };
  constexpr Fixed always[] = {{min_heap_align, 8},    {max_small_size, 32768}, {small_size_div, 8},
                              {small_size_max, 1024}, {large_size_div, 128},   {page_shift, 13},
                              {tiny_size, 16},        {tiny_size_class, 2}};
  for (const Fixed& fixed : always) {
    if (const auto& value = table.at(fixed.constant)) {
      expect_equal(findings, spot_of(fixed.constant), *value, fixed.value);
    }
  }
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"constants-came-in-order", "The constants stated are those of one release.", "1.0 -", exact,
      "runtime/sizeclasses.go"},
     constants_came_in_order},
    {{"lookup-steps-are-powers-of-two", "The steps of both lookups are powers of two.", "1.8 -",
      exact, "runtime/mksizeclasses.go"},
     lookup_steps_are_powers_of_two},
    {{"lookup-steps-divide-their-ranges",
      "Each lookup covers its range with whole steps: nothing is left over.", "1.8 -", exact,
      "runtime/mksizeclasses.go"},
     lookup_steps_divide_their_ranges},
    {{"ranges-are-in-order", "The fine lookup ends below the largest small object.", "1.8 -", exact,
      "runtime/mksizeclasses.go"},
     ranges_are_in_order},
    {{"page-shift-is-a-page", "A page has 4 KiB to 64 KiB.", "1.8 -", Strength::bounded,
      "runtime/mksizeclasses.go"},
     page_shift_is_a_page},
    {{"max-objs-per-span-is-largest",
      "The stated most objects in a span are those of the class that has most.", "1.21 -", exact,
      "runtime/mksizeclasses.go"},
     max_objs_per_span_is_largest},
    {{"max-npages-is-largest", "The stated most pages of a span are those of the longest span.",
      "1.26 -", exact, "runtime/mksizeclasses.go"},
     max_npages_is_largest},
    {{"tiny-class-is-of-tiny-size", "The class of tiny blocks has their size.", "1.26 -", exact,
      "runtime/mksizeclasses.go"},
     tiny_class_is_of_tiny_size},
    {{"min-heap-align-divides-sizes",
      "The stated least alignment is the smallest class and divides every class.", "1.23 -", exact,
      "runtime/mksizeclasses.go"},
     min_heap_align_divides_sizes},
    {{"constants-are-as-ever", "Constants that no release ever changed have their value.", "1.8 -",
      Strength::advisory, "runtime/sizeclasses.go"},
     constants_are_as_ever},
};

}  // namespace

std::span<const TableLaw> laws_of_constants() { return laws; }

}  // namespace heaplaw::oracle
