// The stages of `heaplaw check` that judge histories: the model and the naive oracle in lockstep,
// under all laws.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cli/check/stages.h"
#include "vocabulary/release.h"

namespace heaplaw::cli {

// Random ones of these releases for as long as options.seconds says, at least one a thread.
[[nodiscard]] StageResult run_random_histories(const StageOptions& options,
                                               std::span<const Release> releases);

// All of one length over a small alphabet (properties/small_worlds.h).
inline constexpr std::size_t usual_world_length = 4;
[[nodiscard]] StageResult run_small_worlds(const StageOptions& options, const Release& release,
                                           std::size_t length);

// Files: traces, or bytes of a fuzzer; each as every release in `as`, or as its own if there is
// none. Throws InputError for one that cannot be read or whose release has no model.
[[nodiscard]] StageResult run_kept_histories(const StageOptions& options, std::string name,
                                             const std::vector<std::string>& files,
                                             std::span<const Release> as = {});

// Each of these traces, begun where each of these recordings begins and in its release: such a heap
// may lie where no hint does.
[[nodiscard]] StageResult run_begun_histories(const StageOptions& options, std::string name,
                                              const std::vector<std::string>& traces,
                                              const std::vector<std::string>& recordings);

}  // namespace heaplaw::cli
