// What the heap target does with one history, and its speed test as well: the model and the naive
// oracle in lockstep, under the laws.
#pragma once

#include <span>
#include <string>

#include "oracle/judge.h"
#include "vocabulary/trace.h"

namespace heaplaw::fuzz {

// A judge that looks seldom, since a fuzzer lives from its number of histories: every answer is
// compared, snapshots and maps are taken where much has changed, and at the end.
[[nodiscard]] oracle::Verdict judge_for_fuzzing(std::span<Subject* const> subjects,
                                                const Trace& trace);
// The naive oracle and the model, both fresh.
[[nodiscard]] oracle::Verdict judge_for_fuzzing(const Trace& trace);

// The divergence with both page maps, and the history as text that `heaplaw replay` takes.
[[nodiscard]] std::string describe_failure(const Divergence& divergence, const Trace& trace);

}  // namespace heaplaw::fuzz
