// How much memory goes to what nobody asked for: sizes are rounded up to slots, and the end of a
// span that holds no whole slot stays empty. MemStats does not say how much; the table of size
// classes bounds it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/explanation/figures.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::evidence {

// The classes of a release, as whoever explains has them; an index is a class number.
struct SlotTable {
  std::vector<SizeClass> classes;
  Bytes page_size{8192};
  bool has_tiny_blocks = true;     // the class of 16 bytes holds blocks with as little as a byte
  bool has_headers = false;        // 8 bytes before pointerful objects above 512 (SP-2)
  bool has_span_metadata = false;  // bits at the ends of spans (SP-1)
};

// Of the bytes in HeapAlloc, those that were not asked for: the class's max waste, for each object.
// Exact sizes are known of no object, so the lower bound is 0.
[[nodiscard]] Bounds rounding_waste(const Figures& figures, const SlotTable& table);

// Of HeapInuse - HeapAlloc, what lies at the ends of spans and can never become an object.
[[nodiscard]] Bounds tail_waste(const Figures& figures, const SlotTable& table);

}  // namespace heaplaw::evidence
