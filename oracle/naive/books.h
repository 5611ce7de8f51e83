// Counting: what the state adds up to.
#pragma once

#include <cstdint>

#include "oracle/naive/state.h"
#include "vocabulary/mem_stats.h"

namespace heaplaw::oracle::naive {

// In spans of the kind.
[[nodiscard]] std::uint64_t pages_of(const State& state, SpanKind kind);

struct FreePages {  // in caches too
  std::uint64_t resident = 0;
  std::uint64_t released = 0;  // given back to the operating system
};
[[nodiscard]] FreePages count_free(const State& state);

// Bytes that a memory limit looks at, as MemStats has them.
struct Footprint {
  std::uint64_t sys;
  std::uint64_t heap_idle;
  std::uint64_t heap_released;
  std::uint64_t heap_alloc;

  [[nodiscard]] std::uint64_t mapped_ready() const { return sys - heap_released; }
};
[[nodiscard]] Footprint count_footprint(const State& state);

// All MemStats but NextGC (spec: section 10.1, 1.19).
[[nodiscard]] MemStats count_mem_stats(const State& state);

// HeapInuse + HeapIdle - HeapReleased: what the heap keeps from the operating system.
[[nodiscard]] std::uint64_t retained_bytes(const State& state);

// Span records in use or kept by a P (PA-25).
[[nodiscard]] std::uint64_t count_span_records(const State& state);

// Bitmap blocks, the five summary levels and what the scavenger keeps of each chunk, which are
// mapped as the heap grows (MS-9).
[[nodiscard]] std::uint64_t page_metadata_bytes(const State& state);

}  // namespace heaplaw::oracle::naive
