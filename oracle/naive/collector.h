// Collections, and what the runtime does beside the program (docs/simulated-process.md).
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

// SIM-4. Throws OutOfMemory.
void collect_as_requested(State& state);
// SIM-5: up to the flush; sweeping comes later.
void collect_as_triggered(State& state);

// SIM-7.
void free_os_memory(State& state);
// SIM-6.
void advance(State& state, std::uint64_t nanoseconds);

// Object caches, then stack caches, P by P.
void flush_all(State& state);

}  // namespace heaplaw::oracle::naive
