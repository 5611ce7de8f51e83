// The smallest history that still fails: delta debugging on operations, then on what they say.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "vocabulary/trace.h"

namespace heaplaw::oracle {

// The index of the operation at which a history fails; nothing if it does not. Every run must begin
// with fresh subjects.
using FailsAt = std::function<std::optional<std::size_t>(const Trace&)>;

struct ShrinkBudget {
  std::chrono::milliseconds time_max{30'000};
  std::uint64_t runs_max = 1'000'000;
  const std::atomic<bool>* interrupted = nullptr;  // ends the search once it is true
};

// Called with each history that is smaller than all before, so that an interruption loses nothing.
// False ends the search.
using OnSmaller = std::function<bool(const Trace&)>;

struct Shrunk {
  Trace trace;
  std::uint64_t runs = 0;
  bool failed = false;    // false: the history given did not fail, and is returned unchanged
  bool finished = false;  // false: the budget or the caller ended the search
};

// What is cut is cut by the trace's own rules, so that every history tried is valid: dropping an
// allocation drops its drop.
[[nodiscard]] Shrunk shrink(const Trace& trace, const FailsAt& fails_at,
                            const ShrinkBudget& budget = {}, const OnSmaller& on_smaller = {});

}  // namespace heaplaw::oracle
