// What the last collection found reachable, as far as a snapshot tells: no field of MemStats says
// it, but NextGC was computed from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/explanation/figures.h"

namespace heaplaw::evidence {

// How the process was run, as far as whoever asks knows.
struct ProcessSettings {
  std::optional<std::int64_t> gogc;    // percent; below 0: off. 100 is taken where nothing is given
  std::optional<std::uint64_t> limit;  // GOMEMLIMIT, bytes
  // Data and bss, which count for the goal since Go 1.18. No dump tells; binaries have a few MiB.
  std::uint64_t globals_max = std::uint64_t{16} << 20U;
};

// A NextGC that says that the collector waits for nothing: GOGC=off has printed 2^64 - 1, about
// 2^63 and about 0.97 * 2^63 (formats, 5). In a trace the same in MiB.
[[nodiscard]] bool means_never(const Bounds& next_gc);
// Another NextGC beyond any memory: an accounting error wrapped it (faults D1, golang/go#10556).
[[nodiscard]] bool has_wrapped(const Bounds& next_gc);

struct LiveHeap {
  Bounds bytes;     // 0 to HeapAlloc where nothing tells more
  std::string how;  // "NextGC / 2, as GOGC=100 makes it"
  std::string_view source;
  // The settings that were taken do not fit the figures, so that they told nothing.
  bool settings_refuted = false;
};
// Needs HeapAlloc.
[[nodiscard]] LiveHeap live_heap_of(const Figures& figures, const ProcessSettings& settings);

}  // namespace heaplaw::evidence
