// All that is known when somebody asks where a process's memory is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/explanation/figures.h"
#include "evidence/explanation/live_heap.h"
#include "evidence/explanation/slot_waste.h"

namespace heaplaw::evidence {

// Bytes. What the operating system says was read at about the same moment as the figures.
struct Observation {
  Figures figures;  // settled
  std::vector<Contradiction> contradictions;
  ProcessSettings settings;
  std::optional<std::uint64_t> rss;
  std::optional<std::uint64_t> virt;
  SlotTable slots;
  // The most that HeapInuse was in earlier snapshots of the same process.
  std::optional<std::uint64_t> inuse_peak;
};

// What Go has and has not given back: Sys - HeapReleased, as far as told.
[[nodiscard]] std::optional<Bounds> held_by_go(const Figures& figures);

// Whether some of the releases give memory back with MADV_FREE, so that it stays in RSS until the
// kernel needs it (OS-2): Go 1.12 to 1.15.
[[nodiscard]] bool may_free_lazily(const Figures& figures);
[[nodiscard]] bool surely_frees_lazily(const Figures& figures);

}  // namespace heaplaw::evidence
