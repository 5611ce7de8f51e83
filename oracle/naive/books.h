// Counting: what the state adds up to, found by looking at all of it.
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"
#include "vocabulary/mem_stats.h"

namespace heaplaw::oracle::naive {

struct PageCounts {
  std::uint64_t objects = 0;
  std::uint64_t stacks = 0;
  std::uint64_t work_buffers = 0;
  std::uint64_t resident = 0;  // free, in caches too
  std::uint64_t released = 0;  // likewise, given back to the operating system
};
[[nodiscard]] PageCounts count_pages(const State& state);

// All MemStats but NextGC (spec: section 10.1, 1.19).
[[nodiscard]] MemStats count_mem_stats(const State& state);

// HeapInuse + HeapIdle - HeapReleased: what the heap keeps from the operating system.
[[nodiscard]] std::uint64_t retained_bytes(const State& state);

// The part of HeapAlloc that Go's pacer does not know of yet: objects handed out of spans that Ps
// still cache (SIM-13).
[[nodiscard]] std::uint64_t uncounted_bytes(const State& state);

// Span records in use or kept by a P (PA-25).
[[nodiscard]] std::uint64_t count_span_records(const State& state);

}  // namespace heaplaw::oracle::naive
