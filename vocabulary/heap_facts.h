// What the heap above the page level is made of, where it differs between releases: the sizes of
// the runtime's own records and the numbers in its rules. Part of ReleaseFacts.
#pragma once

#include <cstdint>

#include "vocabulary/units.h"

namespace heaplaw {

struct HeapFacts {
  // Sizes of structures that live off the heap and are counted (MS-6, MS-7, MS-9).
  Bytes span_record;
  Bytes cache_record;
  Bytes arena_record;

  unsigned sweep_budget = 101;     // pops before a fresh span is preferred (SP-15)
  unsigned work_buffer_spans = 1;  // what one collection takes (SIM-4)
  Bytes limit_headroom{1 << 20};   // below the memory limit's goal (GC-14)

  bool operator==(const HeapFacts&) const = default;
};

}  // namespace heaplaw
