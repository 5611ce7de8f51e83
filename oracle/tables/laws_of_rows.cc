#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"
#include "oracle/tables/rational.h"

namespace heaplaw::oracle {

namespace {

enum Column : std::size_t { class_number, bytes_obj, bytes_span, objects, tail_waste, max_waste };

TableSpot row_spot(std::size_t index, Column column) { return {TablePart::row, index, column}; }

void rows_name_every_class(const SizeClassTable& table, TableFindings& findings) {
  if (table.rows.empty()) return;
  const std::size_t classes = table.sizes.empty() ? 0 : table.sizes.size() - 1;
  const std::size_t first_without_partner = std::min(table.rows.size(), classes);
  expect_equal(findings, row_spot(first_without_partner, class_number), table.rows.size(), classes);
  const auto rows = at_most(judged_at_most::classes, table.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    expect_equal(findings, row_spot(i, class_number), rows[i].number, i + 1);
  }
}

void rows_print_equal_columns(const SizeClassTable& table, TableFindings& findings) {
  const auto rows = at_most(judged_at_most::classes, table.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool equal = rows[i].max_waste.has_value() == rows[0].max_waste.has_value() &&
                       rows[i].min_align.has_value() == rows[0].min_align.has_value();
    findings.compared();
    if (!equal) findings.add(row_spot(i, max_waste), "other columns", "those of the first row");
    if (rows[i].min_align && !rows[i].max_waste) {
      findings.add(row_spot(i, max_waste), "min align alone", "max waste before it");
    }
  }
}

// Runs through the classes that can be judged and have a row.
template <typename Compare>
void for_each_row(const SizeClassTable& table, Compare compare) {
  for (const JudgedClass& c : judged_classes(table)) {
    if (c.number > table.rows.size()) return;
    compare(c, c.number - 1, table.rows[c.number - 1]);
  }
}

void row_matches_arrays(const SizeClassTable& table, TableFindings& findings) {
  for_each_row(table, [&](const JudgedClass& c, std::size_t i, const ClassRow& row) {
    expect_equal(findings, row_spot(i, bytes_obj), row.bytes_obj, c.size);
    expect_equal(findings, row_spot(i, bytes_span), row.bytes_span, c.span);
  });
}

void row_objects(const SizeClassTable& table, TableFindings& findings) {
  for_each_row(table, [&](const JudgedClass& c, std::size_t i, const ClassRow& row) {
    expect_equal(findings, row_spot(i, objects), row.objects, c.objects());
  });
}

void row_tail_waste(const SizeClassTable& table, TableFindings& findings) {
  for_each_row(table, [&](const JudgedClass& c, std::size_t i, const ClassRow& row) {
    expect_equal(findings, row_spot(i, tail_waste), row.tail_waste, c.tail());
  });
}

void row_max_waste(const SizeClassTable& table, TableFindings& findings) {
  for_each_row(table, [&](const JudgedClass& c, std::size_t i, const ClassRow& row) {
    const std::uint64_t smaller = table.sizes[c.number - 1];
    if (!row.max_waste || smaller >= c.size) return;
    const std::uint64_t lost = (c.size - smaller - 1) * c.objects() + c.tail();
    expect_equal(findings, row_spot(i, max_waste), *row.max_waste,
                 Rational{lost, c.span}.hundredths_of_percent());
  });
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"rows-name-every-class", "The comment table has a row for each class from 1 up, in order.",
      "1.8rc1 -", exact, "runtime/mksizeclasses.go"},
     rows_name_every_class},
    {{"rows-print-equal-columns", "All rows of the comment table have the same columns.",
      "1.8rc1 -", exact, "runtime/mksizeclasses.go"},
     rows_print_equal_columns},
    {{"row-matches-arrays", "A row repeats the size of its class and the bytes of its span.",
      "1.8rc1 -", exact, "runtime/mksizeclasses.go"},
     row_matches_arrays},
    {{"row-objects", "A row's objects are those that fit the span.", "1.8rc1 -", exact,
      "runtime/mksizeclasses.go"},
     row_objects},
    {{"row-tail-waste", "A row's tail waste is what the span has left behind its last object.",
      "1.8rc1 -", exact, "runtime/mksizeclasses.go"},
     row_tail_waste},
    {{"row-max-waste",
      "A row's max waste is the part of the span lost when each object is one byte larger than the "
      "class before.",
      "1.10 -", exact, "runtime/mksizeclasses.go"},
     row_max_waste},
};

}  // namespace

std::span<const TableLaw> laws_of_rows() { return laws; }

}  // namespace heaplaw::oracle
