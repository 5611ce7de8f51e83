// The random part of `heaplaw check`: other parameters, and planted faults.
#pragma once

#include "cli/check/stages.h"

namespace heaplaw::cli {

// Random parameters: either refused with a reason, or a table that keeps the laws. Random
// corruptions of Go's own tables: each found by a law or by comparing with what is computed.
[[nodiscard]] StageResult run_campaign(const StageOptions& options);

}  // namespace heaplaw::cli
