// When to collect: goals, triggers, and the scavenger's goal (runtime/mgcpacer.go, mgcscavenge.go
// gcPaceScavenger; GC-9 to GC-15, SC-13). Marking takes no time here, so there is no runway.
#pragma once

#include <cstdint>
#include <limits>

#include "vocabulary/heap_facts.h"

namespace heaplaw::model {

// What the memory limit's goal is computed from, at the moment of asking.
struct MemoryNow {
  std::uint64_t mapped_ready = 0;  // Sys - HeapReleased
  std::uint64_t heap_free = 0;
  std::uint64_t heap_alloc = 0;
  std::uint64_t retained = 0;
};

class Pacer {
 public:
  static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();
  static constexpr std::uint64_t no_memory_limit = std::numeric_limits<std::int64_t>::max();

  explicit Pacer(const HeapFacts& facts);

  // Value in percent, or value_off.
  void set_percent(std::uint64_t percent_or_off);
  void set_memory_limit(std::uint64_t bytes) { memory_limit_ = bytes; }

  [[nodiscard]] std::uint64_t percent() const { return percent_; }
  [[nodiscard]] std::uint64_t memory_limit() const { return memory_limit_; }
  [[nodiscard]] std::uint64_t heap_live() const { return heap_live_; }
  [[nodiscard]] std::uint64_t heap_marked() const { return heap_marked_; }
  // Growth and release beyond it happen inside allocations; unlimited where there is none.
  [[nodiscard]] std::uint64_t scavenge_goal() const { return scavenge_goal_; }

  void allocated(std::uint64_t bytes) { heap_live_ += bytes; }
  void returned_unused(std::uint64_t bytes);

  [[nodiscard]] std::uint64_t goal(const MemoryNow& now) const { return bounds(now).goal; }
  [[nodiscard]] std::uint64_t trigger(const MemoryNow& now) const;

  void cycle_begins(const MemoryNow& now) {
    triggered_ = runway_basis_ == RunwayBasis::trigger ? trigger(now) : heap_live_;
  }
  // All that is live is marked; nothing is swept yet.
  void mark_ended(const MemoryNow& now, std::uint64_t marked_bytes, std::uint64_t heap_in_use);
  // After everything that the goals depend on has changed.
  void commit(bool sweep_done, const MemoryNow& now);

  void check_invariants() const;

 private:
  struct Bounds {
    std::uint64_t goal = 0;
    std::uint64_t min_trigger = 0;
  };
  [[nodiscard]] Bounds bounds(const MemoryNow& now) const;
  [[nodiscard]] std::uint64_t limit_goal(const MemoryNow& now) const;
  void pace_scavenger(const MemoryNow& now);

  std::uint64_t headroom_;
  std::uint64_t headroom_percent_;
  RunwayBasis runway_basis_;
  std::uint64_t percent_ = 100;
  std::uint64_t memory_limit_ = no_memory_limit;
  std::uint64_t heap_minimum_ = 0;
  std::uint64_t heap_live_ = 0;    // slots of cached spans count as if they were all taken
  std::uint64_t heap_marked_ = 0;  // when the last mark ended
  std::uint64_t percent_goal_ = 0;
  std::uint64_t sweep_distance_trigger_ = 0;  // leaves the sweep a megabyte of allocation
  std::uint64_t triggered_ = unlimited;       // where the running cycle began
  std::uint64_t last_goal_ = 0;               // of the cycle before
  std::uint64_t last_in_use_ = 0;
  std::uint64_t scavenge_goal_ = unlimited;
};

}  // namespace heaplaw::model
