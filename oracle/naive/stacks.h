// Goroutine stacks: small ones from spans shared by order, through the P's cache; large ones are
// spans of their own (spec: heap, section 11).
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

// Of a power of two bytes, at least 2 KiB. Throws OutOfMemory.
[[nodiscard]] Stack allocate_stack(State& state, std::uint64_t bytes);
void free_stack(State& state, Stack stack);

// Gives back all stacks that a P caches (ST-5).
void flush_stacks(State& state, Proc& proc);

}  // namespace heaplaw::oracle::naive
