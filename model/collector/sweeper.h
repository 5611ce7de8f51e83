// Sweeping: by class, for a class that needs a span, in proportion to allocation, and to get pages
// back (runtime/mgcsweep.go, mheap.go reclaim; SW-1 to SW-6).
#pragma once

#include <cstdint>

#include "model/heap/heap_state.h"

namespace heaplaw::model {

class Sweeper {
 public:
  explicit Sweeper(HeapState& state) : s_(state) {}

  // False where the sweep is over.
  bool sweep_one();
  void sweep_rest();
  // At the start of a cycle: nothing may be left, not even names of spans swept by others.
  void finish();
  // After the generation has advanced.
  void begin(std::uint64_t trigger);
  void set_pace(std::uint64_t trigger);

  // Takes an unswept span for itself; false where somebody else had it.
  bool try_acquire(SpanId id);
  // Of a span just acquired, or stale in a P's cache. A kept span is the caller's, even an empty
  // one; others go where they belong. True if it became pages again.
  bool sweep(SpanId id, bool keep);

  // What an allocation of so many bytes owes; `pages` is what it will reclaim itself.
  void pay(std::uint64_t bytes, std::uint64_t pages);
  // Frees `pages` pages if the rest of the sweep can.
  void reclaim(std::uint64_t pages);

 private:
  // A record that was used again meanwhile has the current generation.
  [[nodiscard]] bool is_unswept(const Span& span) const {
    return span.use == SpanUse::object && s_.sweep.is_unswept(span.sweep_generation);
  }
  void acquire(SpanId id) { s_.spans[id].sweep_generation = s_.sweep.generation - 1; }
  [[nodiscard]] SpanId next_span();
  [[nodiscard]] std::uint64_t reclaim_block(std::uint64_t address);

  HeapState& s_;
};

}  // namespace heaplaw::model
