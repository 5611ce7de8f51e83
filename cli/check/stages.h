// A stage of `heaplaw check`, and the deterministic ones about size classes.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/history/lineup.h"
#include "cli/history/verdict_report.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

// How a stage is run. Random stages use all of it.
struct StageOptions {
  double seconds = 0;
  unsigned jobs = 1;  // threads
  std::uint64_t seed = 0;
  const std::atomic<bool>& interrupted;
  std::atomic<std::uint64_t>& tried;  // for whoever shows progress
  Lineup lineup = model_and_oracle;
};

// A history that fails, as small as it could be made.
struct Counterexample {
  std::string what;
  Trace trace;
};

struct StageResult {
  std::string name;
  // What was compared or judged, and how often. A stage that counted nothing has failed.
  Counts counts;
  std::vector<std::string> failures;  // the first few
  std::uint64_t failure_count = 0;
  std::vector<Counterexample> counterexamples;
  bool cut_short = false;  // by an interrupt: not everything could be counted

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
