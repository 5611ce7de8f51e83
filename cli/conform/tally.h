// What was compared, summed up over traces.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oracle/recording/compare.h"

namespace heaplaw::cli {

struct ConformTally {
  std::uint64_t traces = 0;
  std::uint64_t operations = 0;
  std::uint64_t addresses = 0;
  std::uint64_t snapshots = 0;
  std::uint64_t law_evaluations = 0;
  std::vector<oracle::FieldTally> fields;

  void add(const oracle::RecordingVerdict& verdict);
  void add(const ConformTally& other);
  [[nodiscard]] std::uint64_t fields_held(oracle::Held how) const;
  // The largest difference of a bounded field; nothing if it was never compared.
  [[nodiscard]] std::optional<std::uint64_t> slack_of(std::string_view field) const;
};

}  // namespace heaplaw::cli
