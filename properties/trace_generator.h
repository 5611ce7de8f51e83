// Random histories with swarm weights: in each, some kinds of operations are off and others come
// thick and fast, since a history of everything in equal parts never fills a chunk.
#pragma once

#include <cstdint>

#include "vocabulary/trace.h"

namespace heaplaw::properties {

struct GeneratorOptions {
  std::uint64_t length = 1000;
  Release release = newest_release;
  // Histories use from 1 up to so many Ps.
  unsigned procs_max = 4;
  // Allocations that would bring the live bytes above it are left out; garbage is not counted.
  std::uint64_t live_bytes_max = std::uint64_t{256} << 20U;
  // Whether the history may set GOGC and the limit, move the clock, and have the kernel refuse. A
  // recorder of real processes needs all three off.
  bool settings = true;
  bool time = true;
  bool faults = true;
  bool stacks = true;
};

// Depends on the seed and the options only, on every platform. Always a valid history.
[[nodiscard]] Trace generate(std::uint64_t seed, const GeneratorOptions& options);

}  // namespace heaplaw::properties
