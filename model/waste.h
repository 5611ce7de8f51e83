// What a size class wastes and how its objects are aligned: the columns of the comment table
// (runtime/mksizeclasses.go, printComment). In-span metadata is not in them, by Go's own choice.
#pragma once

#include <cstdint>
#include <vector>

#include "model/size_classes.h"
#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

// Bytes at the end of a span that no object gets.
[[nodiscard]] Bytes tail_waste(const SizeClass& c, Bytes page);

// The share of a span wasted when every object is one byte larger than the class below allows,
// in hundredths of a percent, rounded as Go prints it: 1595 for the class of 96 bytes.
[[nodiscard]] std::uint64_t max_waste(const SizeClass& c, Bytes size_below, Bytes page);

// The alignment that every object of the class has: the largest power of two that divides its size,
// and no more than a page, since spans are aligned to pages only.
[[nodiscard]] Bytes min_align(Bytes size, Bytes cap);

// The comment table, one row a class from class 1 on.
[[nodiscard]] std::vector<ClassRow> class_rows(const SizeClasses& classes, Bytes align_cap);

// For each alignment that can be relied on, the class size from which it holds.
[[nodiscard]] std::vector<AlignmentRow> alignment_rows(const SizeClasses& classes, Bytes align_cap);

}  // namespace heaplaw::model
