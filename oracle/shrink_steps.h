// Candidates that a shrinker tries. Each is a valid history that is smaller than the one given, in
// the order: fewer operations, then simpler ones.
#pragma once

#include <cstdint>
#include <vector>

#include "vocabulary/trace.h"

namespace heaplaw::oracle {

// Each allocation gets a name of its own, from 1 in order, and goroutines likewise: no cut can make
// a later allocation invalid.
[[nodiscard]] Trace renumbered(const Trace& trace);

// Ps are numbered in the order of their first use, and there are no more than that.
[[nodiscard]] Trace with_fewest_procs(const Trace& trace);

[[nodiscard]] Trace without_range(const Trace& trace, std::size_t first, std::size_t count);
[[nodiscard]] Trace without_kind(const Trace& trace, OperationKind kind);

// In a range: no drops, or all allocations taken together as one of as many pages. The latter keeps
// what a failure needs where it needs a heap of some size.
[[nodiscard]] Trace without_drops(const Trace& trace, std::size_t first, std::size_t count);
[[nodiscard]] Trace with_merged_allocs(const Trace& trace, std::size_t first, std::size_t count);

// Simpler values for an operation, simplest first; all below its own. Sizes: 1, the classes' and
// pages' boundaries, then halfway down.
[[nodiscard]] std::vector<Operation> simpler(const Operation& operation);

// Orders histories of equally many operations: the sum of what makes an operation complicated.
[[nodiscard]] std::uint64_t complexity(const Trace& trace);

}  // namespace heaplaw::oracle
