// Random histories of Go's heap, of every release that both know: the model and the naive oracle in
// lockstep, under all laws.
#pragma once

#include <vector>

#include "cli/check/campaign.h"
#include "oracle/judge.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

// The releases whose heap both runtimes know, one of each line, ascending.
[[nodiscard]] std::vector<Release> judged_releases();

// Fresh subjects, the whole trace, one verdict.
[[nodiscard]] oracle::Verdict judge_in_lockstep(const Trace& trace);

// A failure carries the smallest history that still diverges, as text.
[[nodiscard]] StageResult run_histories(const CampaignOptions& options);

}  // namespace heaplaw::cli
