// Pages become spans and spans become pages again: page caches, growth, the release of memory that
// both can ask for, and the books of it all (runtime/mheap.go allocSpan, grow, freeSpanLocked).
#pragma once

#include <cstdint>
#include <exception>

#include "model/heap/heap_state.h"

namespace heaplaw::model {

// Where a process of Go's would die. Runtime takes the operation back.
class OutOfMemory : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "out of memory"; }
};

// The simulated machine maps no more than this for the heap (SIM-12).
inline constexpr std::uint64_t machine_bytes = std::uint64_t{2} << 40;

class SpanSource {
 public:
  explicit SpanSource(HeapState& state) : s_(state) {}

  // Throw OutOfMemory.
  SpanId allocate_objects(SpanClass span_class, std::uint64_t pages);
  SpanId allocate_manual(SpanUse use, std::uint64_t pages);

  // Without anything allocated in it.
  void free(SpanId id);

  // For debug.FreeOSMemory.
  void release_all();

 private:
  struct Taken {
    std::uint64_t base;
    std::uint64_t scavenged_bytes;
    std::uint64_t growth_bytes;
  };

  [[nodiscard]] Taken take_pages(std::uint64_t pages);
  [[nodiscard]] std::uint64_t grow(std::uint64_t pages);
  void scavenge_before_use(const Taken& taken);

  HeapState& s_;
};

}  // namespace heaplaw::model
