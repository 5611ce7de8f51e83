// The heap goal that a memory limit leaves (GC-14), from the figures of one snapshot.
#pragma once

#include <cstdint>
#include <optional>

#include "vocabulary/mem_stats.h"
#include "vocabulary/release.h"

namespace heaplaw::oracle {

// Without the formula's last step, which never lets the goal fall below what was marked; nothing
// where memory outside the heap takes the whole limit, so that what was marked is the goal. A limit
// of value_off, or above 2^63 - 1, is none: then it is 2^63 - 1.
[[nodiscard]] std::optional<std::uint64_t> limit_goal(const MemStats& stats, std::uint64_t limit,
                                                      const Release& release);

}  // namespace heaplaw::oracle
