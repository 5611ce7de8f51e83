// The deterministic stages of `heaplaw check`.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heaplaw::cli {

struct StageResult {
  std::string name;
  // What was compared or judged, and how often. A stage that counted nothing has failed.
  std::vector<std::pair<std::string, std::uint64_t>> counts;
  std::vector<std::string> failures;  // the first few
  std::uint64_t failure_count = 0;

  void fail(std::string what);
  void count(std::string what, std::uint64_t times) { counts.emplace_back(std::move(what), times); }
  [[nodiscard]] bool holds() const;
};

// Every edition of sizeclasses.go regenerated and compared with its published SHA-256.
[[nodiscard]] StageResult check_editions();

// Every release's table computed by the model, against the documented one.
[[nodiscard]] StageResult check_documented_tables();

// All laws on every release's table.
[[nodiscard]] StageResult check_table_laws();

// Every request up to a little above the largest small size, and the edges of 64 bits: model
// against oracle in every release, with and without pointers, on 32 and 64 bits.
[[nodiscard]] StageResult check_placements();

}  // namespace heaplaw::cli
