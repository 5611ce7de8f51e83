// Objects: small ones from the current P's spans, tiny ones from its block, large ones from the
// heap (spec: heap, section 4).
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"
#include "oracle/tables/landing.h"

namespace heaplaw::oracle::naive {

struct Placed {
  Slot slot;
  std::uint64_t address = 0;
  bool tests_trigger = false;  // a span was cached, or the object is large (GC-8)
};

// Where a request that lands in the heap is put. Throws OutOfMemory.
[[nodiscard]] Placed place_object(State& state, std::uint64_t bytes, ObjectKind kind,
                                  const Landing& landing);

// Gives back what a P caches of objects: current spans and tiny block (SP-16, SP-17).
void flush_objects(State& state, Proc& proc);

}  // namespace heaplaw::oracle::naive
