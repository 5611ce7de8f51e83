#include "cli/check/history_work.h"

#include <chrono>
#include <thread>
#include <utility>

#include "oracle/shrink.h"
#include "vocabulary/divergence.h"

namespace heaplaw::cli {

std::optional<Divergence> HistoryWork::diverges(const OperationSource& operations) {
  oracle::Verdict verdict = judge_in_lockstep(operations, options_->lineup);
  counts_ += verdict.counts;
  ++histories_;
  ++options_->tried;
  return std::move(verdict.divergence);
}

void HistoryWork::judge(const OperationSource& operations, const std::string& what) {
  try {
    if (const auto found = diverges(operations)) {
      result_.fail(fmt::format("{}: {}", what, summary(*found)));
    }
  } catch (const std::exception& error) {
    result_.fail(fmt::format("{}: the judge gave up: {}", what, error.what()));
  }
}

void HistoryWork::judge(const Trace& trace, const std::string& what) {
  try {
    if (diverges(operations_of(trace))) shrink(trace, what);
  } catch (const std::exception& error) {
    // Of the judge itself; what it judges cannot throw past it.
    result_.fail(fmt::format("{}: the judge gave up: {}", what, error.what()));
    result_.counterexamples.push_back({result_.failures.back(), trace});
  }
}

void HistoryWork::shrink(const Trace& trace, const std::string& what) {
  constexpr auto time_max = std::chrono::milliseconds(10'000);
  std::optional<Divergence> last;
  const oracle::Shrunk shrunk =
      oracle::shrink(trace,
                     [&](const Trace& candidate) -> std::optional<std::size_t> {
                       auto divergence = judge_in_lockstep(candidate, options_->lineup).divergence;
                       if (!divergence) return std::nullopt;
                       last = std::move(divergence);
                       return last->operation_index;
                     },
                     {.time_max = time_max, .interrupted = &options_->interrupted});
  result_.fail(fmt::format("{}: {}", what,
                           last ? summary(*last) : "diverged, and not when it was run again"));
  result_.counterexamples.push_back({result_.failures.back(), shrunk.trace});
}

void HistoryWork::add_to(StageResult& stage, oracle::JudgeCounts& counts,
                         std::uint64_t& histories) {
  for (std::string& failure : result_.failures) stage.fail(std::move(failure));
  std::ranges::move(result_.counterexamples, std::back_inserter(stage.counterexamples));
  counts += counts_;
  histories += histories_;
}

StageResult judge_in_parallel(std::string name, std::string kind, const StageOptions& options,
                              const std::function<void(HistoryWork&, unsigned)>& work) {
  std::vector<HistoryWork> workers(options.jobs, HistoryWork(options));
  {
    std::vector<std::jthread> threads;
    threads.reserve(workers.size());
    for (unsigned i = 0; i < options.jobs; ++i) {
      threads.emplace_back([&, i] { work(workers[i], i); });
    }
  }
  StageResult stage{.name = std::move(name), .cut_short = options.interrupted};
  oracle::JudgeCounts counts;
  std::uint64_t histories = 0;
  for (HistoryWork& worker : workers) worker.add_to(stage, counts, histories);
  stage.count(std::move(kind), histories);
  for (auto& [what, times] : counts_of(counts)) stage.count(what, times);
  return stage;
}

}  // namespace heaplaw::cli
