// Spans: pages taken from the current P's cache or from the heap, grown if need be, and given back.
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

// A span of so many pages: pages, record, then mark bits and scavenging in the release's order
// (PA-26).
// Throws OutOfMemory.
[[nodiscard]] SpanId allocate_object_span(State& state, std::uint64_t pages, unsigned span_class);
// Stacks and work buffers: neither swept nor counted in HeapInuse.
[[nodiscard]] SpanId allocate_manual_span(State& state, std::uint64_t pages, SpanKind kind);

// Its pages go to the heap, never into a cache (PA-27).
void free_span(State& state, SpanId id);

// Maps pages where the heap goes on, with the arenas that they need, and the rest of those that it
// leaves behind. Says how many pages altogether. Throws OutOfMemory if there is no place for them.
std::uint64_t map_pages(State& state, std::uint64_t pages);

}  // namespace heaplaw::oracle::naive
