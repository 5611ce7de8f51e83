#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"

namespace heaplaw::oracle {

namespace {

constexpr std::size_t min_align_column = 6;

// Objects start at multiples of their size in a span that starts at a page.
std::uint64_t alignment_of(std::uint64_t size, std::uint64_t cap) {
  std::uint64_t power = 1;
  while (size % (power * 2) == 0 && power < cap) power *= 2;
  return power;
}

std::uint64_t cap_of(const SizeClassTable& table) {
  return table.alignment_capped ? page_size_of(table) : judged_at_most::span;
}

void row_min_align(const SizeClassTable& table, TableFindings& findings) {
  for (const JudgedClass& c : judged_classes(table)) {
    if (c.number > table.rows.size()) return;
    const auto& printed = table.rows[c.number - 1].min_align;
    if (!printed) continue;
    expect_equal(findings, {TablePart::row, c.number - 1, min_align_column}, *printed,
                 alignment_of(c.size, cap_of(table)));
  }
}

// For each power of two the first class from which on every class is aligned to it; of powers that
// start at the same class the largest.
std::vector<AlignmentRow> alignments_of(const SizeClassTable& table) {
  const auto classes = judged_classes(table);
  std::vector<AlignmentRow> rows;
  std::uint64_t bits = 0;
  for (std::uint64_t power = 1; power <= cap_of(table); power *= 2, ++bits) {
    const JudgedClass* first = nullptr;
    for (const JudgedClass& c : classes) {
      if (alignment_of(c.size, cap_of(table)) < power) first = nullptr;
      if (alignment_of(c.size, cap_of(table)) >= power && first == nullptr) first = &c;
    }
    if (first == nullptr) break;
    if (!rows.empty() && rows.back().min_obj_size == first->size) rows.pop_back();
    rows.push_back({.alignment = power, .bits = bits, .min_obj_size = first->size});
  }
  return rows;
}

void alignment_table_follows(const SizeClassTable& table, TableFindings& findings) {
  if (table.alignments.empty()) return;
  const auto expected = alignments_of(table);
  const auto found = at_most(judged_at_most::alignments, table.alignments);
  expect_equal(findings, {TablePart::alignment, std::min(found.size(), expected.size())},
               table.alignments.size(), expected.size());
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    const auto spot = [&](std::size_t column) {
      return TableSpot{TablePart::alignment, i, column};
    };
    expect_equal(findings, spot(0), found[i].alignment, expected[i].alignment);
    expect_equal(findings, spot(1), found[i].bits, expected[i].bits);
    expect_equal(findings, spot(2), found[i].min_obj_size, expected[i].min_obj_size);
  }
}

// Both came with 1.17; a cap on what is not printed would mean nothing.
void alignments_are_printed_together(const SizeClassTable& table, TableFindings& findings) {
  const bool column = !table.rows.empty() && table.rows[0].min_align.has_value();
  findings.compared(2);
  if (column != !table.alignments.empty()) {
    findings.add({TablePart::alignment, 0}, column ? "no alignment table" : "an alignment table",
                 column ? "one, as rows print min align" : "none, as rows print no min align");
  }
  if (!table.alignment_capped && !column) {
    findings.add({}, "alignments beyond the page", "rows that print them");
  }
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"row-min-align",
      "A row's min align is the largest power of two that divides the size, at most a page.",
      "1.17 -", exact, "runtime/mksizeclasses.go"},
     row_min_align},
    {{"alignment-table-follows",
      "The alignment table says from which class on all classes are aligned, for every power of "
      "two that makes a difference.",
      "1.17 -", exact, "runtime/mksizeclasses.go"},
     alignment_table_follows},
    {{"alignments-are-printed-together",
      "The min align column and the alignment table are printed both or not at all.", "1.0 -",
      exact, "runtime/mksizeclasses.go"},
     alignments_are_printed_together},
};

}  // namespace

std::span<const TableLaw> laws_of_alignments() { return laws; }

}  // namespace heaplaw::oracle
