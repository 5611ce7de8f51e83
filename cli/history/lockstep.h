// The one way through a history, for every command: fresh subjects, one judge, one verdict.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "cli/history/lineup.h"
#include "oracle/verdict.h"
#include "vocabulary/recording.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

// Where operations come from: memory, or a stream of any length.
struct OperationSource {
  Release release;
  unsigned procs;
  std::optional<HeapStart> start;        // a recording's
  std::function<bool(Operation&)> next;  // false at the end; may throw InputError
};

// Both must outlive the source, which can be gone through once.
[[nodiscard]] OperationSource operations_of(const Trace& trace);
[[nodiscard]] OperationSource operations_of(const Recording& recording);

struct Step {
  std::uint64_t index;  // from 0
  const Operation& operation;
  const Observation& observation;  // of the first subject; all the others answered the same
  const Subject& subject;          // the last one, the model
};
// After every operation that all subjects agree on. False ends the history there.
using OnStep = std::function<bool(const Step&)>;

[[nodiscard]] oracle::Verdict judge_in_lockstep(const OperationSource& operations,
                                                const Lineup& lineup = model_and_oracle,
                                                const OnStep& on_step = {});
[[nodiscard]] oracle::Verdict judge_in_lockstep(const Trace& trace,
                                                const Lineup& lineup = model_and_oracle,
                                                const OnStep& on_step = {});

}  // namespace heaplaw::cli
