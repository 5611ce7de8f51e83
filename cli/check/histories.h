// Random histories of Go 1.19's heap: the model and the naive oracle in lockstep, under all laws.
#pragma once

#include "cli/check/campaign.h"
#include "oracle/judge.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

// The release whose heap both runtimes know.
inline constexpr Release modelled_release{19, 8};

// Fresh subjects, the whole trace, one verdict.
[[nodiscard]] oracle::Verdict judge_in_lockstep(const Trace& trace);

// A failure carries the smallest history that still diverges, as text.
[[nodiscard]] StageResult run_histories(const CampaignOptions& options);

}  // namespace heaplaw::cli
