// When to collect, how fast to sweep, how much memory to keep (GC-13, GC-14, SW-4, SC-13).
#pragma once

#include <cstdint>
#include <optional>

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

// Go's pacer learns of objects when their span leaves a P's cache; a snapshot knows them all.
enum class HeapAllocView : std::uint8_t { inner, exact };

// NextGC. While a collection runs the goal is at least 64 KiB above where it was triggered.
[[nodiscard]] std::uint64_t heap_goal(const State& state, HeapAllocView view,
                                      std::optional<std::uint64_t> triggered = {});
[[nodiscard]] std::uint64_t gc_trigger(const State& state);
[[nodiscard]] bool gc_triggered(const State& state);

// Recomputes everything that is not computed when asked: at each mark termination and setting.
void commit_pace(State& state);

// How many pages must have been swept before so many bytes may be allocated.
[[nodiscard]] std::uint64_t sweep_target(const State& state, std::uint64_t bytes);

}  // namespace heaplaw::oracle::naive
