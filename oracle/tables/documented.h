// The four size-class tables that Go ever shipped, as its releases document them: numbers, not
// rules. Whatever computes a table is compared with these.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

// A line of the comment table. Releases that print fewer columns agree on the rest.
struct DocumentedRow {
  std::uint64_t size;
  std::uint64_t pages;
  std::uint64_t objects;
  std::uint64_t tail_waste;
  std::uint64_t max_waste;  // hundredths of a percent
  std::uint64_t min_align;  // 0 in the tables of releases that never printed it
};

struct DocumentedTable {
  char name;  // A to D, oldest first
  std::string_view releases;
  SizeClassParameters parameters;
  std::span<const DocumentedRow> rows;  // classes 1, 2, ...
  std::span<const SizeClass> classes;   // class 0 as well, so that an index is a class number
};

[[nodiscard]] std::span<const DocumentedTable> documented_tables();

// The table with these parameters; fails a check if no release had them.
[[nodiscard]] const DocumentedTable& documented_table_with(const SizeClassParameters& parameters);

// "Classes from min_obj_size on are multiples of alignment", as printed with table D. Uncapped is
// the form of two development snapshots.
[[nodiscard]] std::span<const AlignmentRow> documented_alignments(bool capped);

// A generated sizeclasses.go as it stands in Go's repository.
struct DocumentedFile {
  int edition;
  Bytes bytes;
  std::string_view sha256;
};
[[nodiscard]] std::span<const DocumentedFile> documented_files();

}  // namespace heaplaw::oracle
