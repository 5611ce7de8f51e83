// The laws of size-class tables by what they are about, and what several of them need.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/tables/table_laws.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

[[nodiscard]] std::span<const TableLaw> laws_of_shape();
[[nodiscard]] std::span<const TableLaw> laws_of_spans();
[[nodiscard]] std::span<const TableLaw> laws_of_sizes();
[[nodiscard]] std::span<const TableLaw> laws_of_constants();
[[nodiscard]] std::span<const TableLaw> laws_of_rows();
[[nodiscard]] std::span<const TableLaw> laws_of_alignments();
[[nodiscard]] std::span<const TableLaw> laws_of_lookups();
[[nodiscard]] std::span<const TableLaw> laws_of_magic();

// A class that can be reasoned about: its span has room for an object and is not absurdly large.
struct JudgedClass {
  std::size_t number;
  std::uint64_t size, pages, span;

  [[nodiscard]] std::uint64_t objects() const { return span / size; }
  [[nodiscard]] std::uint64_t tail() const { return span % size; }
};

// The classes of a table for which that is so. Laws on spans report the others.
[[nodiscard]] std::vector<JudgedClass> judged_classes(const SizeClassTable& table);

// The constant as the table states it, else as releases without a generated file have it. Those
// differ in the page: 4 KiB go with the 61 classes of Go 1.0 to 1.2, at whose start any other
// number was fatal.
[[nodiscard]] std::uint64_t constant_of(const SizeClassTable& table, TableConstant constant);

// Only 12 and 13 were ever released; 16 is the largest page of a processor that Go runs on. With
// any other shift a page has 0 bytes, so that no span is judged.
inline constexpr std::uint64_t least_page_shift = 12;
inline constexpr std::uint64_t largest_page_shift = 16;
[[nodiscard]] std::uint64_t page_size_of(const SizeClassTable& table);

// Where the arrays come from a generator, which grows classes and checks itself, and where from
// start-up code: the fill of the lookups changed together with it, in Go 1.8.
[[nodiscard]] inline bool is_generated(const SizeClassTable& table) {
  return table.lookup_fill == LookupFill::first_fit;
}

// The part of a list that is judged.
template <typename T>
[[nodiscard]] std::span<const T> at_most(std::size_t limit, const std::vector<T>& list) {
  return std::span{list}.first(std::min(limit, list.size()));
}

// One comparison, and a finding if it fails.
inline void expect_equal(TableFindings& findings, TableSpot spot, std::uint64_t found,
                         std::uint64_t expected) {
  findings.compared();
  if (found != expected) findings.add(spot, std::to_string(found), std::to_string(expected));
}

}  // namespace heaplaw::oracle
