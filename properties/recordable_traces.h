// Random histories that a real process can be made to live through, in kinds that stress different
// parts of a heap.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "vocabulary/trace.h"

namespace heaplaw::properties {

struct TraceKind {
  std::string_view name;
  std::string_view means;  // one line
};

// tiny, small, edges, mixed, pages, large, growth, release, stats, goals, stacks, swarm.
[[nodiscard]] std::span<const TraceKind> trace_kinds();

// Of the kind with this index. Depends on its arguments only, on every platform; always recordable.
// Kinds differ in length: the heavier the operations, the fewer, and never many more than
// length_max.
[[nodiscard]] Trace recordable_trace(std::size_t kind, std::uint64_t seed, const Release& release,
                                     std::size_t length_max = SIZE_MAX);

// Why a recorder would refuse the history; nothing if it would not. A process has one P, no virtual
// clock and no kernel to order around; types with pointers have whole words; goroutines begin with
// 2 KiB of stack, double it, and leave a stack behind only if it has grown.
[[nodiscard]] std::optional<std::string_view> objection_to_recording(const Trace& trace);

// Leaves out or changes what a recorder would refuse, and adds collections so that garbage never
// exceeds what a machine has.
[[nodiscard]] Trace made_recordable(const Trace& trace);

}  // namespace heaplaw::properties
