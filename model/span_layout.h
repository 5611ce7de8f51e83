// What fits into one span of a size class, and where its metadata lies (SC spec, section 7;
// runtime/mheap.go initSpan and heapBitsInSpan, from 1.26 also runtime/mgcmark_greenteagc.go).
#pragma once

#include <cstdint>

#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

// From the span's base: objects, tail, heap bitmap, inline marks. The last two may be empty.
struct SpanLayout {
  Bytes bytes;
  Bytes heap_bitmap;   // one bit a word
  Bytes inline_marks;  // Green Tea's mark and scan bits
  std::uint64_t objects = 0;
  Bytes tail;   // between the last object and the metadata
  Bytes limit;  // pointers from here on are not into the span, as the release computes it

  bool operator==(const SpanLayout&) const = default;
};

// Objects up to this size keep their pointer bitmap in the span; larger ones have a header instead.
[[nodiscard]] constexpr Bytes heap_bitmap_size_max(Architecture architecture) {
  const auto pointer = static_cast<std::uint64_t>(architecture);
  return Bytes{pointer * 8 * pointer};
}

// `kind` matters only where the release keeps pointer-free objects in spans of their own.
[[nodiscard]] SpanLayout span_layout(const SizeClass& c, ObjectKind kind, Architecture architecture,
                                     const ReleaseFacts& facts);

}  // namespace heaplaw::model
