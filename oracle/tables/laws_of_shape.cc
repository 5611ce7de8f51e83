#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"

namespace heaplaw::oracle {

namespace {

using enum TablePart;

void class_zero_is_empty(const SizeClassTable& table, TableFindings& findings) {
  if (!table.sizes.empty()) expect_equal(findings, {size, 0}, table.sizes[0], 0);
  if (!table.npages.empty()) expect_equal(findings, {npages, 0}, table.npages[0], 0);
}

void class_count_is_stated(const SizeClassTable& table, TableFindings& findings) {
  const std::size_t found = table.sizes.size();
  if (const auto& stated = table.at(TableConstant::num_size_classes)) {
    const auto index = static_cast<std::size_t>(TableConstant::num_size_classes);
    return expect_equal(findings, {constant, index}, *stated, found);
  }
  findings.compared();
  if (found != 61 && found != 67) {
    findings.add({}, fmt::format("{} classes", found), "61 or 67, or start-up stops");
  }
}

void arrays_have_equal_lengths(const SizeClassTable& table, TableFindings& findings) {
  const std::size_t expected = table.sizes.size();
  const std::size_t found = table.npages.size();
  // The spot is the first entry that is missing, or that has no partner.
  expect_equal(findings, {npages, std::min(found, expected)}, found, expected);
}

void classes_are_at_most_256(const SizeClassTable& table, TableFindings& findings) {
  findings.compared();
  if (table.sizes.size() <= judged_at_most::classes) return;
  findings.add({size, judged_at_most::classes}, fmt::format("{} classes", table.sizes.size()),
               fmt::format("at most {}", judged_at_most::classes));
}

void within(TableFindings& findings, TablePart part, std::span<const std::uint64_t> entries,
            std::uint64_t largest) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    findings.compared();
    if (entries[i] <= largest) continue;
    findings.add({part, i}, std::to_string(entries[i]), fmt::format("at most {}", largest));
  }
}

// uint16 and uint8 since the tables are generated. Start-up code filled int32 and, for the lookups,
// int32 and later int8: the narrower one is demanded of all.
void entries_fit_their_types(const SizeClassTable& table, TableFindings& findings) {
  const bool generated = is_generated(table);
  using judged_at_most::classes, judged_at_most::lookup_entries;
  within(findings, size, at_most(classes, table.sizes), generated ? UINT16_MAX : INT32_MAX);
  within(findings, npages, at_most(classes, table.npages), generated ? UINT8_MAX : INT32_MAX);
  const std::uint64_t largest_class = generated ? UINT8_MAX : INT8_MAX;
  within(findings, small_lookup, at_most(lookup_entries, table.small_lookup), largest_class);
  within(findings, large_lookup, at_most(lookup_entries, table.large_lookup), largest_class);
}

void sizes_strictly_increase(const SizeClassTable& table, TableFindings& findings) {
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  for (std::size_t c = 1; c < sizes.size(); ++c) {
    findings.compared();
    if (sizes[c] > sizes[c - 1]) continue;
    findings.add({size, c}, std::to_string(sizes[c]), fmt::format("more than {}", sizes[c - 1]));
  }
}

void last_class_is_max_small_size(const SizeClassTable& table, TableFindings& findings) {
  if (table.sizes.empty()) return findings.add({size, 0}, "no class", "class 0 at least");
  expect_equal(findings, {size, table.sizes.size() - 1}, table.sizes.back(),
               constant_of(table, TableConstant::max_small_size));
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"class-zero-is-empty",
      "Class 0 stands for objects with a span of their own: its size and pages are 0.", "1.0 -",
      exact, "runtime/msize.c, runtime/mksizeclasses.go"},
     class_zero_is_empty},
    {{"class-count-is-stated",
      "The number of classes, with class 0, is the constant that says so; before 1.8 it is 61 or "
      "67.",
      "1.0 -", exact, "runtime/msize.c, runtime/mksizeclasses.go"},
     class_count_is_stated},
    {{"arrays-have-equal-lengths", "Every class has a size and a number of pages.", "1.0 -", exact,
      "runtime/sizeclasses.go"},
     arrays_have_equal_lengths},
    {{"classes-are-at-most-256", "The number of a class fits the byte that the lookups keep it in.",
      "1.0 -", exact, "runtime/sizeclasses.go"},
     classes_are_at_most_256},
    {{"entries-fit-their-types",
      "Sizes fit 16 bits, pages and lookup entries 8; before 1.8 31, 31 and 7.", "1.0 -", exact,
      "runtime/sizeclasses.go, runtime/msize.go"},
     entries_fit_their_types},
    {{"sizes-strictly-increase", "Every class is larger than the one before it.", "1.0 -", exact,
      "runtime/mksizeclasses.go"},
     sizes_strictly_increase},
    {{"last-class-is-max-small-size", "The last class is the largest small object.", "1.0 -", exact,
      "runtime/mksizeclasses.go"},
     last_class_is_max_small_size},
};

}  // namespace

std::span<const TableLaw> laws_of_shape() { return laws; }

}  // namespace heaplaw::oracle
