// All of MemStats from the books (runtime/mstats.go readmemstats_m; section 10 of the heap spec).
#pragma once

#include "model/heap/heap_state.h"
#include "vocabulary/mem_stats.h"

namespace heaplaw::model {

// As ReadMemStats would say it, but without the flush that changes spans: what caches have not
// reported yet is added here.
[[nodiscard]] MemStats compose_mem_stats(const HeapState& state);

}  // namespace heaplaw::model
