// The stages of `heaplaw check` about files that somebody named or that a Go on this machine holds.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/check/stages.h"

namespace heaplaw::cli {

// A sizeclasses.go each, or a GOROOT, or a history in any form: found out by content. Calls
// `done` with each stage, of those that have files. False if some file could not be read.
[[nodiscard]] bool check_given_files(const StageOptions& options,
                                     const std::vector<std::string>& given,
                                     const std::vector<std::string>& installed,
                                     const std::function<void(StageResult)>& done);

}  // namespace heaplaw::cli
