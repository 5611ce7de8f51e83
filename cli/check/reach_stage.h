// The last stage of `heaplaw check`: which marked states of the model were reached
// (vocabulary/reach.h).
#pragma once

#include "cli/check/stages.h"

namespace heaplaw::cli {

// One count a mark, since reset_reach(); one of zero fails.
[[nodiscard]] StageResult check_reach();

}  // namespace heaplaw::cli
