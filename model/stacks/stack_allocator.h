// Goroutine stacks: pools of small ones, caches of them at each P, and spans for large ones
// (runtime/ stack.go; ST-1 to ST-5).
#pragma once

#include <cstdint>

#include "model/heap/heap_state.h"

namespace heaplaw::model {

class StackAllocator {
 public:
  explicit StackAllocator(HeapState& state) : s_(state) {}

  // Of a power of two of bytes, at least the smallest. Throws OutOfMemory.
  std::uint64_t allocate(std::uint64_t bytes);
  void free(std::uint64_t ref);

  // All stacks that the P caches go back to the pools.
  void flush(Proc& proc);
  // Spans that emptied while a collection forbade to free them.
  void free_empty_spans();

 private:
  std::uint64_t take_from_pool(unsigned order);
  void return_to_pool(std::uint64_t ref, unsigned order);
  [[nodiscard]] SpanId new_pool_span(unsigned order);
  void refill(StackCache& cache, unsigned order);

  void link(SpanId id, unsigned order);
  void unlink(SpanId id, unsigned order);

  HeapState& s_;
};

}  // namespace heaplaw::model
