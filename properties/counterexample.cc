#include "properties/counterexample.h"

#include <fmt/format.h>

namespace heaplaw::properties {

std::optional<std::string> counterexample(std::uint64_t seed, const Trace& trace,
                                          const TraceProperty& property,
                                          const oracle::ShrinkBudget& budget) {
  const auto first = property(trace);
  if (!first) return std::nullopt;
  const oracle::Shrunk shrunk = oracle::shrink(
      trace,
      [&](const Trace& candidate) -> std::optional<std::size_t> {
        const auto complaint = property(candidate);
        return complaint ? std::optional(complaint->operation) : std::nullopt;
      },
      budget);
  const auto last = property(shrunk.trace);
  return fmt::format("history of seed {} ({} operations): {}\nsmallest, {} operations: {}\n{}",
                     seed, trace.operations.size(), first->text, shrunk.trace.operations.size(),
                     last ? last->text : "does not fail again", print(shrunk.trace));
}

}  // namespace heaplaw::properties
