// The stage of `heaplaw check` that holds model and oracle to what real Go processes did.
#pragma once

#include <string>
#include <vector>

#include "cli/check/stages.h"

namespace heaplaw::cli {

// Every file is a recording of a modelled release; throws InputError for one that is not. Each is
// compared with the model and with the oracle, and both go through it in lockstep.
[[nodiscard]] StageResult run_recordings(const StageOptions& options, std::string name,
                                         const std::vector<std::string>& files);

}  // namespace heaplaw::cli
