#include "cli/conform/trial.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "model/runtime.h"
#include "oracle/naive/runtime.h"

namespace heaplaw::cli {

namespace {

std::unique_ptr<Subject> make_subject(Party party, const Release& release,
                                      const std::optional<HeapStart>& start) {
  if (party == Party::model) return std::make_unique<model::Runtime>(release, 1, start);
  return std::make_unique<oracle::NaiveRuntime>(release, 1, start);
}

oracle::RecordingVerdict impossible_start(Party party, const Recording& recording,
                                          const std::string& why) {
  oracle::RecordingVerdict verdict;
  verdict.divergence = Divergence{.operation_index = 0,
                                  .operation = recording.trace.operations.front(),
                                  .field = "calibration",
                                  .expected = "the recorded start",
                                  .actual = why,
                                  .expected_by = recording.trace.release.name(),
                                  .actual_by = std::string(name_of(party))};
  return verdict;
}

}  // namespace

std::string_view name_of(Party party) { return party == Party::model ? "model" : "naive oracle"; }

void expect_to_know(Party party, const Release& release) {
  (void)make_subject(party, release, std::nullopt);
}

oracle::RecordingVerdict compare_with(Party party, const Recording& recording) {
  std::unique_ptr<Subject> subject;
  try {
    subject = make_subject(party, recording.trace.release, start_of(recording));
  } catch (const std::invalid_argument& error) {
    return impossible_start(party, recording, error.what());
  }
  return oracle::compare(recording, *subject);
}

bool Parting::same_place(const Parting& other) const {
  return party == other.party && divergence.operation_index == other.divergence.operation_index &&
         divergence.field == other.divergence.field;
}

std::optional<Parting> Comparison::parting() const {
  if (model.divergence) return Parting{Party::model, *model.divergence};
  if (naive.divergence) return Parting{Party::naive, *naive.divergence};
  return std::nullopt;
}

Comparison compare_with_all(const Recording& recording) {
  return {.model = compare_with(Party::model, recording),
          .naive = compare_with(Party::naive, recording)};
}

bool Trial::decided() const {
  if (partings.empty()) return true;
  const auto same = [&](const Parting& other) { return partings.back().same_place(other); };
  const auto there = static_cast<std::size_t>(std::ranges::count_if(partings, same));
  if (there >= recordings_for_a_verdict) return true;
  return one_agrees() ? recordings >= recordings_for_a_verdict : recordings >= recordings_max;
}

Trial try_trace(const oracle::Recorder& recorder, const Trace& trace,
                std::atomic<std::uint64_t>& disturbed_runs) {
  Trial trial;
  do {
    Recording recording = recorder.record(trace, disturbed_runs);
    Comparison comparison = compare_with_all(recording);
    if (!trial.one_agrees()) {
      trial.recording = std::move(recording);
      trial.comparison = comparison;
    }
    ++trial.recordings;
    if (const auto parting = comparison.parting()) trial.partings.push_back(*parting);
  } while (!trial.decided());
  if (!trial.partings.empty()) {
    trial.outcome = trial.one_agrees() ? Outcome::disturbed : Outcome::wrong;
  }
  return trial;
}

}  // namespace heaplaw::cli
