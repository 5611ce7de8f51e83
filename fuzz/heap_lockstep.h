// What the heap target does with one history, and its speed test as well: the model and the naive
// oracle in lockstep, under the laws.
#pragma once

#include <string>

#include "oracle/judge.h"
#include "vocabulary/trace.h"

namespace heaplaw::fuzz {

// The release whose heap both runtimes know.
inline constexpr Release modelled_release{19, 8};
[[nodiscard]] bool is_modelled(const Release& release);

// Fresh runtimes and a judge that looks seldom, since a fuzzer lives from its number of histories:
// every answer is compared, snapshots and maps are taken where much has changed, and at the end.
[[nodiscard]] oracle::Verdict judge_for_fuzzing(const Trace& trace);

// The divergence with both page maps, and the history as text that `heaplaw replay` takes.
[[nodiscard]] std::string describe_failure(const Divergence& divergence, const Trace& trace);

}  // namespace heaplaw::fuzz
