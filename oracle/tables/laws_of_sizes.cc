#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

namespace {

using enum TablePart;

void multiple_of(TableFindings& findings, std::size_t number, std::uint64_t found,
                 std::uint64_t divisor) {
  findings.compared();
  if (divisor != 0 && found % divisor == 0) return;
  findings.add({size, number}, std::to_string(found), fmt::format("a multiple of {}", divisor));
}

// Releases up to 1.12 are known by their magic; from 1.13 on it no longer tells 1.15, which steps
// by 16 from 16, from 1.16, which does from 32.
void sixteen_byte_alignment(const SizeClassTable& table, TableFindings& findings) {
  const bool before_1_13 = table.magic_form == DivideMagicForm::none ||
                           table.magic_form == DivideMagicForm::widest ||
                           table.magic_form == DivideMagicForm::excluding;
  const std::uint64_t threshold = before_1_13 ? 16 : 32;
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  for (std::size_t c = 1; c < sizes.size(); ++c) {
    if (sizes[c] >= threshold) multiple_of(findings, c, sizes[c], 16);
  }
}

void sizes_are_lookup_steps(const SizeClassTable& table, TableFindings& findings) {
  const std::uint64_t split = constant_of(table, TableConstant::small_size_max);
  const std::uint64_t fine = constant_of(table, TableConstant::small_size_div);
  const std::uint64_t coarse = constant_of(table, TableConstant::large_size_div);
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  for (std::size_t c = 1; c < sizes.size(); ++c) {
    multiple_of(findings, c, sizes[c], sizes[c] <= split ? fine : coarse);
  }
}

void powers_of_two_are_classes(const SizeClassTable& table, TableFindings& findings) {
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  const std::uint64_t last =
      std::min(constant_of(table, TableConstant::max_small_size), judged_at_most::request);
  for (std::uint64_t power = 8; power <= last; power *= 2) {
    findings.compared();
    std::size_t c = 0;
    while (c < sizes.size() && sizes[c] < power) ++c;
    if (c < sizes.size() && sizes[c] == power) continue;
    findings.add({size, c}, c < sizes.size() ? std::to_string(sizes[c]) : "no class",
                 std::to_string(power));
  }
}

// Metadata in the span is found by rounding an address down to its page, and whether it is there is
// asked of the request as well as of the class: so the limit is a class, and its spans one page.
// 1.22 relies on this and 1.24 checks it at start-up; it happens to hold since 1.17 and before.
void bitmap_limits_are_classes(const SizeClassTable& table, TableFindings& findings) {
  if (table.magic_form != DivideMagicForm::reciprocal) return;
  const auto sizes = at_most(judged_at_most::classes, table.sizes);
  for (const std::uint64_t limit : {std::uint64_t{128}, std::uint64_t{512}}) {
    findings.compared();
    if (std::ranges::find(sizes, limit) != sizes.end()) continue;
    findings.add({}, "no such class", fmt::format("a class of {} bytes", limit));
  }
  for (std::size_t c = 1; c < std::min(sizes.size(), table.npages.size()); ++c) {
    if (sizes[c] <= 512) expect_equal(findings, {npages, c}, table.npages[c], 1);
  }
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"sixteen-byte-alignment",
      "Classes from 32 bytes on are multiples of 16; up to 1.12 those from 16 on.", "1.0 -", exact,
      "runtime/mksizeclasses.go"},
     sixteen_byte_alignment},
    {{"sizes-are-lookup-steps",
      "A class is a multiple of the step of the lookup that finds it, which else could not name it "
      "for its own size.",
      "1.0 -", exact, "runtime/mksizeclasses.go"},
     sizes_are_lookup_steps},
    {{"powers-of-two-are-classes",
      "Every power of two up to the largest small object is a class, so that it is aligned to "
      "itself.",
      "1.0 -", exact, "runtime/mksizeclasses.go"},
     powers_of_two_are_classes},
    {{"bitmap-limits-are-classes",
      "128 and 512 are classes, and classes up to 512 have spans of one page.", "1.17 -",
      Strength::advisory, "runtime/malloc.go"},
     bitmap_limits_are_classes},
};

}  // namespace

std::span<const TableLaw> laws_of_sizes() { return laws; }

}  // namespace heaplaw::oracle
