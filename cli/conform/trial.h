// One trace, executed by a real Go and held against the model and the naive oracle.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oracle/golang/recorder.h"
#include "oracle/recording/compare.h"

namespace heaplaw::cli {

// Who is compared with the recordings.
enum class Party : std::uint8_t { model, naive };
[[nodiscard]] std::string_view name_of(Party party);

// Throws std::invalid_argument where the party knows nothing of the release's heap.
void expect_to_know(Party party, const Release& release);

// A recorded start that the party cannot have counts as a divergence of the first operation.
[[nodiscard]] oracle::RecordingVerdict compare_with(Party party, const Recording& recording);

// Where a recording and a party part.
struct Parting {
  Party party = Party::model;
  Divergence divergence;

  // The same operation and field, whatever the numbers: those may be relative to the run.
  [[nodiscard]] bool same_place(const Parting& other) const;
};

struct Comparison {
  oracle::RecordingVerdict model;
  oracle::RecordingVerdict naive;

  [[nodiscard]] std::optional<Parting> parting() const;
};
[[nodiscard]] Comparison compare_with_all(const Recording& recording);

enum class Outcome : std::uint8_t {
  agrees,     // the first recording
  wrong,      // recordings part from the same party at the same place, or none agrees
  disturbed,  // recordings disagree, and one of them with nobody
};

inline constexpr std::size_t recordings_for_a_verdict = 3;
// On a busy machine nearly every run of some traces is disturbed, each elsewhere.
inline constexpr std::size_t recordings_max = 12;

struct Trial {
  Outcome outcome = Outcome::agrees;
  Comparison comparison;          // of the recording that counts: one that agrees, if there is one
  Recording recording;            // likewise
  std::vector<Parting> partings;  // one for each recording that did not agree
  std::size_t recordings = 0;     // made

  [[nodiscard]] bool one_agrees() const { return recordings > partings.size(); }
  [[nodiscard]] bool decided() const;
};

// Records once where everybody agrees, else until the trial is decided: three times, or more if
// none agrees and each parts elsewhere. Counts runs that the runtime itself disturbed. Throws
// oracle::GoError.
[[nodiscard]] Trial try_trace(const oracle::Recorder& recorder, const Trace& trace,
                              std::atomic<std::uint64_t>& disturbed_runs);

}  // namespace heaplaw::cli
