// Random traces of all kinds, one after the other, on all processors.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/conform/tally.h"
#include "cli/conform/trial.h"

namespace heaplaw::cli {

struct ConformOrder {
  std::uint64_t traces = 200;
  std::uint64_t seed = 0;             // of the first trace; each next one has the next seed
  std::size_t operations = SIZE_MAX;  // of a trace, about
  double seconds = 1e9;               // no trace is begun later
  unsigned jobs = 1;
  std::string keep;  // a folder for recordings; empty for none
};

// A trace of which a recording did not agree with a party.
struct Incident {
  std::string_view kind;
  std::uint64_t seed = 0;
  Trial trial;
  // The smallest history found that the party and the real Go still part at; where it is wrong.
  std::optional<Trace> shrunk;
  std::string shrunk_summary;
};

struct ConformResult {
  std::vector<ConformTally> by_kind;  // as trace_kinds(); the model's
  std::vector<Incident> wrong;        // at most one: it ends the campaign
  std::vector<Incident> disturbed;
  std::uint64_t disturbed_runs = 0;  // that the recorder itself threw away

  [[nodiscard]] ConformTally sum() const;
  // A campaign that compared nothing holds nothing.
  [[nodiscard]] bool holds() const;
};

// What a person watches meanwhile.
struct ConformProgress {
  std::atomic<std::uint64_t> traces = 0;
  std::atomic<std::uint64_t> addresses = 0;
};

// Throws oracle::GoError and OutputError.
[[nodiscard]] ConformResult run_conform(const oracle::Recorder& recorder, const Release& release,
                                        const ConformOrder& order,
                                        const std::atomic<bool>& interrupted,
                                        ConformProgress& progress);

}  // namespace heaplaw::cli
