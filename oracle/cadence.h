// When the judge looks at more than answers. A snapshot costs as much as several operations and a
// page map as much as the heap has runs, so both are taken often while a history is young, which is
// where shrunk counterexamples live, and at a bounded share of the work afterwards.
#pragma once

#include <cstdint>

#include "vocabulary/operation.h"

namespace heaplaw::oracle {

struct CadenceOptions {
  std::uint64_t dense_snapshots = 1000;  // operations with a snapshot after each
  std::uint64_t snapshot_period = 64;    // later on
  std::uint64_t dense_maps = 100;        // likewise for page maps
  std::uint64_t map_period = 512;
  std::uint64_t operations_per_item = 2;  // a map of n runs and objects waits for n times this
  // After a collection and the like a snapshot is taken if the last one, or the history's
  // beginning, is so many operations old.
  std::uint64_t rare_snapshot_period = 1;
  bool invariants_with_maps_only = false;
};

struct Looks {
  bool snapshot = false;
  bool map = false;         // implies a snapshot
  bool invariants = false;  // likewise
};

class Cadence {
 public:
  explicit Cadence(const CadenceOptions& options)
      : options_(options),
        next_map_(options.map_period),
        next_rare_map_(options.rare_snapshot_period),
        next_rare_snapshot_(options.rare_snapshot_period) {}

  // What to look at after the operation of this number.
  [[nodiscard]] Looks due(std::uint64_t index, const Operation& operation) const {
    const bool rare = is_rare(operation.kind);
    const bool map =
        index < options_.dense_maps || index >= next_map_ || (rare && index >= next_rare_map_);
    const bool snapshot = map || index < options_.dense_snapshots ||
                          (rare && index >= next_rare_snapshot_) ||
                          (index != 0 && index % options_.snapshot_period == 0);
    const bool invariants = options_.invariants_with_maps_only ? map : snapshot;
    return {.snapshot = snapshot, .map = map, .invariants = invariants};
  }

  void saw_snapshot(std::uint64_t index) {
    next_rare_snapshot_ = index + options_.rare_snapshot_period;
  }

  // `items`: runs of the map and objects placed on it, since laws walk both.
  void saw_map(std::uint64_t index, std::size_t items) {
    const std::uint64_t wait = items * options_.operations_per_item;
    next_map_ = index + (wait > options_.map_period ? wait : options_.map_period);
    next_rare_map_ = index + wait / 2;
  }

 private:
  // Operations that move much at once.
  [[nodiscard]] static bool is_rare(OperationKind kind) {
    return kind == OperationKind::gc || kind == OperationKind::free_os_memory ||
           kind == OperationKind::read_memstats || kind == OperationKind::advance;
  }

  CadenceOptions options_;
  std::uint64_t next_map_;  // dense ones come before it
  std::uint64_t next_rare_map_;
  std::uint64_t next_rare_snapshot_;
};

}  // namespace heaplaw::oracle
