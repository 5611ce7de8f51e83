#include "cli/check/recordings.h"

#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "cli/history/history_input.h"
#include "cli/history/lockstep.h"
#include "oracle/recording/compare.h"

namespace heaplaw::cli {

namespace {

// Of several threads.
class Findings {
 public:
  explicit Findings(std::string name) { stage_.name = std::move(name); }

  void add(const std::string& file, const oracle::Verdict& lockstep) {
    const std::scoped_lock lock(mutex_);
    ++recordings_;
    lockstep_ += lockstep.counts;
    if (lockstep.divergence) fail(file, *lockstep.divergence);
  }
  void add(const std::string& file, std::string_view who, const oracle::RecordingVerdict& verdict) {
    const std::scoped_lock lock(mutex_);
    addresses_[std::string(who)] += verdict.addresses;
    for (const auto held : {oracle::Held::exact, oracle::Held::in_sum, oracle::Held::by_rule}) {
      fields_[held] += verdict.fields_held(held);
    }
    if (verdict.divergence) {
      fail(file, *verdict.divergence);
    } else if (!verdict.holds()) {
      stage_.fail(fmt::format("{}: nothing was compared", file));
    }
  }
  void add(const std::string& file, const std::exception& error) {
    const std::scoped_lock lock(mutex_);
    stage_.fail(fmt::format("{}: {}", file, error.what()));
  }
  StageResult take(bool cut_short) {
    stage_.cut_short = cut_short;
    stage_.count("recordings", recordings_);
    for (const auto& [who, times] : addresses_) stage_.count("addresses by " + who, times);
    for (const auto& [held, times] : fields_) {
      stage_.count(fmt::format("fields {}", name_of(held)), times);
    }
    stage_.count("operations in lockstep", lockstep_.operations);
    stage_.count("law evaluations", lockstep_.all_law_evaluations());
    return std::move(stage_);
  }

 private:
  void fail(const std::string& file, const Divergence& divergence) {
    stage_.fail(fmt::format("{}: {}", file, summary(divergence)));
  }

  std::mutex mutex_;
  StageResult stage_;
  std::uint64_t recordings_ = 0;
  std::map<std::string, std::uint64_t> addresses_;
  std::map<oracle::Held, std::uint64_t> fields_;
  oracle::JudgeCounts lockstep_;
};

Recording read_modelled(const std::string& file) {
  HistoryInput input(file);
  Recording recording = input.recording();
  expect_modelled(recording.trace.release, input.name());
  return recording;
}

void compare_one(const Recording& recording, const std::string& file, const Lineup& lineup,
                 Findings& findings) {
  const OperationSource operations = operations_of(recording);
  findings.add(file, judge_in_lockstep(operations, lineup));
  for (const auto& subject : lineup(operations.release, operations.procs, operations.start)) {
    findings.add(file, subject->name(), oracle::compare(recording, *subject));
  }
}

}  // namespace

StageResult run_recordings(const StageOptions& options, std::string name,
                           const std::vector<std::string>& files) {
  std::vector<Recording> recordings;
  recordings.reserve(files.size());
  for (const std::string& file : files) recordings.push_back(read_modelled(file));

  Findings findings(std::move(name));
  const auto work = [&](unsigned number) {
    for (std::size_t i = number; i < files.size() && !options.interrupted; i += options.jobs) {
      try {
        compare_one(recordings[i], files[i], options.lineup, findings);
      } catch (const std::exception& error) {
        findings.add(files[i], error);  // such as a start that no heap of the release can have
      }
      ++options.tried;
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(options.jobs);
    for (unsigned i = 0; i < options.jobs; ++i) threads.emplace_back(work, i);
  }
  return findings.take(options.interrupted);
}

}  // namespace heaplaw::cli
