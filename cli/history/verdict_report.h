// What a judge found, for people and for scripts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "oracle/recording/compare.h"
#include "oracle/verdict.h"

namespace heaplaw::cli {

// What was compared and how often. In the order and with the names of every table of counts.
using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
[[nodiscard]] Counts counts_of(const oracle::JudgeCounts& counts);
// Addresses, then the fields by each way of being held.
[[nodiscard]] Counts counts_of(const oracle::RecordingVerdict& verdict);

// "6 operations, 2 addresses"
[[nodiscard]] std::string describe(const Counts& counts);

[[nodiscard]] nlohmann::ordered_json to_json(const Counts& counts);
[[nodiscard]] nlohmann::ordered_json to_json(const Divergence& divergence);
[[nodiscard]] nlohmann::ordered_json to_json(const oracle::Verdict& verdict);
[[nodiscard]] nlohmann::ordered_json to_json(const oracle::RecordingVerdict& verdict);

}  // namespace heaplaw::cli
