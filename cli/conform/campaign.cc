#include "cli/conform/campaign.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

#include "cli/new_file.h"
#include "oracle/golang/go_error.h"
#include "oracle/shrink.h"
#include "properties/recordable_traces.h"

namespace heaplaw::cli {

namespace {

constexpr std::chrono::seconds shrink_time_max{60};

class Campaign {
 public:
  Campaign(const oracle::Recorder& recorder, const Release& release, const ConformOrder& order,
           const std::atomic<bool>& interrupted, ConformProgress& progress)
      : recorder_(recorder),
        release_(release),
        order_(order),
        interrupted_(interrupted),
        progress_(progress) {
    result_.by_kind.resize(properties::trace_kinds().size());
  }

  ConformResult run() {
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 0; i < order_.jobs; ++i) workers.emplace_back([this] { work(); });
    }
    if (failure_) std::rethrow_exception(failure_);
    result_.disturbed_runs = disturbed_runs_;
    for (Incident& incident : result_.wrong) shrink(incident);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool over() const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun_;
    return stopped_ || interrupted_ || elapsed.count() >= order_.seconds;
  }

  void work() {
    for (std::uint64_t i = next_++; i < order_.traces && !over(); i = next_++) {
      try {
        conduct(i);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        // What an interrupt ended has failed in no other way.
        if (!failure_ && !interrupted_) failure_ = std::current_exception();
        stopped_ = true;
        return;
      }
    }
  }

  void conduct(std::uint64_t number) {
    const std::size_t kind = number % properties::trace_kinds().size();
    const std::uint64_t seed = order_.seed + number;
    const std::string_view name = properties::trace_kinds()[kind].name;
    const Trace trace = properties::recordable_trace(kind, seed, release_, order_.operations);
    Trial trial = try_trace(recorder_, trace, disturbed_runs_);
    keep(trial.recording, fmt::format("{}-{}", name, seed));
    progress_.addresses += trial.comparison.model.addresses;
    ++progress_.traces;

    const std::lock_guard lock(mutex_);
    if (trial.outcome != Outcome::wrong) result_.by_kind[kind].add(trial.comparison.model);
    if (trial.outcome == Outcome::agrees) return;
    const bool wrong = trial.outcome == Outcome::wrong;
    // The first one is shrunk, which takes longer than it takes to find others.
    if (wrong) stopped_ = true;
    auto& incidents = wrong ? result_.wrong : result_.disturbed;
    if (wrong && !incidents.empty()) return;
    incidents.push_back({.kind = name, .seed = seed, .trial = std::move(trial)});
  }

  void keep(const Recording& recording, const std::string& name) {
    if (order_.keep.empty()) return;
    write_new_file(fmt::format("{}/{}.rec", order_.keep, name), print(recording));
  }

  // Against the real process: each candidate is executed anew.
  void shrink(Incident& incident) {
    const Party party = incident.trial.partings.front().party;
    const auto fails_at = [&](const Trace& candidate) -> std::optional<std::size_t> {
      if (candidate.operations.empty() || properties::objection_to_recording(candidate)) return {};
      try {
        const Recording recording = recorder_.record(candidate, disturbed_runs_);
        const auto verdict = compare_with(party, recording);
        if (!verdict.divergence) return {};
        incident.shrunk_summary = summary(*verdict.divergence);
        // A recording begins with the snapshot that ends calibration.
        return std::max<std::size_t>(verdict.divergence->operation_index, 1) - 1;
      } catch (const oracle::GoError&) {
        return {};
      }
    };
    Trace trace = incident.trial.recording.trace;
    trace.operations.erase(trace.operations.begin());
    oracle::Shrunk shrunk =
        oracle::shrink(trace, fails_at, {.time_max = shrink_time_max, .runs_max = 10'000},
                       [this](const Trace&) { return !interrupted_; });
    if (!shrunk.failed) return;
    (void)fails_at(shrunk.trace);
    incident.shrunk = std::move(shrunk.trace);
    if (!order_.keep.empty()) {
      write_new_file(fmt::format("{}/{}-{}.trace", order_.keep, incident.kind, incident.seed),
                     print(*incident.shrunk));
    }
  }

  const oracle::Recorder& recorder_;
  const Release& release_;
  const ConformOrder& order_;
  const std::atomic<bool>& interrupted_;
  ConformProgress& progress_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> next_ = 0;
  std::atomic<std::uint64_t> disturbed_runs_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;
  std::exception_ptr failure_;
  ConformResult result_;
};

}  // namespace

ConformTally ConformResult::sum() const {
  ConformTally all;
  for (const ConformTally& kind : by_kind) all.add(kind);
  return all;
}

bool ConformResult::holds() const { return wrong.empty() && sum().addresses != 0; }

ConformResult run_conform(const oracle::Recorder& recorder, const Release& release,
                          const ConformOrder& order, const std::atomic<bool>& interrupted,
                          ConformProgress& progress) {
  return Campaign(recorder, release, order, interrupted, progress).run();
}

}  // namespace heaplaw::cli
