// The random part of `heaplaw check`: other parameters, and planted faults.
#pragma once

#include <atomic>
#include <cstdint>

#include "cli/check/stages.h"

namespace heaplaw::cli {

struct CampaignOptions {
  double seconds;
  unsigned jobs;
  std::uint64_t seed;
  const std::atomic<bool>& interrupted;
  std::atomic<std::uint64_t>& tried;  // for whoever shows progress
};

// Random parameters: either refused with a reason, or a table that keeps the laws. Random
// corruptions of Go's own tables: each found by a law or by comparing with what is computed.
[[nodiscard]] StageResult run_campaign(const CampaignOptions& options);

}  // namespace heaplaw::cli
