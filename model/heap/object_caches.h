// How a P gets a span with free slots, and how it gives its spans back (runtime/mcache.go refill,
// releaseAll, mcentral.go; SP-15 to SP-19).
#pragma once

#include "model/heap/heap_state.h"

namespace heaplaw::model {

class ObjectCaches {
 public:
  explicit ObjectCaches(HeapState& state) : s_(state) {}

  // Replaces the current P's span of the class, which must be full. Throws OutOfMemory.
  SpanId refill(SpanClass span_class);

  // A large object's span: it goes to no cache. Throws OutOfMemory.
  SpanId allocate_large(std::uint64_t pages, ObjectKind kind);

  // All spans, the tiny block and the uncounted objects of a P. Spans of the last cycle are swept
  // on the way.
  void flush(Proc& proc);

 private:
  [[nodiscard]] SpanId find_span(SpanClass span_class);
  [[nodiscard]] SpanId find_unswept(CentralList& list);
  void give_back(SpanId id);

  HeapState& s_;
};

}  // namespace heaplaw::model
