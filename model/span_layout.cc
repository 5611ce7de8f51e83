#include "model/span_layout.h"

namespace heaplaw::model {

namespace {

// 63 bytes of scan bits and an owner, 63 bytes of mark bits and a span class.
constexpr Bytes inline_marks_bytes{128};
constexpr Bytes inline_marks_size_min{16};

}  // namespace

SpanLayout span_layout(const SizeClass& c, ObjectKind kind, Architecture architecture,
                       const ReleaseFacts& facts) {
  const bool small_enough = c.size <= heap_bitmap_size_max(architecture);
  SpanLayout layout{.bytes = bytes_of(c.pages, facts.size_classes.page_size)};
  if (facts.heap_bitmap_in_span && kind == ObjectKind::scan && small_enough) {
    layout.heap_bitmap = layout.bytes / (static_cast<std::uint64_t>(architecture) * 8);
  }
  if (facts.inline_marks && small_enough && c.size >= inline_marks_size_min) {
    layout.inline_marks = inline_marks_bytes;
  }
  const Bytes for_objects = layout.bytes - layout.heap_bitmap - layout.inline_marks;
  layout.objects = for_objects / c.size;
  layout.tail = for_objects % c.size;
  // Until 1.25 the limit forgot the metadata and could include slots that do not exist.
  layout.limit = c.size * (facts.span_limit_counts_slots ? layout.objects : layout.bytes / c.size);
  return layout;
}

}  // namespace heaplaw::model
