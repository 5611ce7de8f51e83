#include "cli/check/histories.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "model/modelled_releases.h"
#include "model/runtime.h"
#include "oracle/naive/known_releases.h"
#include "oracle/naive/runtime.h"
#include "oracle/shrink.h"
#include "properties/random.h"
#include "properties/trace_generator.h"
#include "vocabulary/divergence.h"

namespace heaplaw::cli {

namespace {

using Clock = std::chrono::steady_clock;

// Short histories reach odd corners sooner, long ones fill chunks.
constexpr std::uint64_t lengths[] = {30, 100, 300, 1000};

std::string describe_failure(std::uint64_t seed, const Trace& trace) {
  constexpr auto shrinking_ms_max = std::chrono::milliseconds(10'000);
  const oracle::Shrunk shrunk = oracle::shrink(
      trace,
      [](const Trace& candidate) -> std::optional<std::size_t> {
        const auto divergence = judge_in_lockstep(candidate).divergence;
        return divergence ? std::optional(divergence->operation_index) : std::nullopt;
      },
      {.time_max = shrinking_ms_max});
  const auto divergence = judge_in_lockstep(shrunk.trace).divergence;
  return fmt::format("history of seed {}: {}\n{}", seed,
                     divergence ? summary(*divergence) : "no divergence when run again",
                     print(shrunk.trace));
}

struct Worker {
  std::uint64_t seed;
  StageResult result{};
  oracle::JudgeCounts counts{};
  std::uint64_t histories = 0;

  std::vector<Release> releases = judged_releases();

  void try_history(std::uint64_t case_seed) {
    properties::Random random(case_seed);
    const std::uint64_t length = random.pick(lengths);
    const Release& release = releases[random.below(releases.size())];
    const Trace trace = properties::generate(case_seed, {.length = length, .release = release});
    const oracle::Verdict verdict = judge_in_lockstep(trace);
    counts += verdict.counts;
    ++histories;
    if (verdict.divergence) result.fail(describe_failure(case_seed, trace));
  }
};

}  // namespace

std::vector<Release> judged_releases() {
  std::vector<Release> releases;
  for (const Release& line : model::modelled_lines()) {
    // What is known to one may begin with a later patch than what is known to the other.
    for (const Release& known : oracle::naive_lines()) {
      if (known.minor() == line.minor()) releases.push_back(std::max(known, line));
    }
  }
  return releases;
}

oracle::Verdict judge_in_lockstep(const Trace& trace) {
  oracle::NaiveRuntime naive(trace.release, trace.procs);
  model::Runtime model(trace.release, trace.procs);
  const std::array<Subject*, 2> subjects = {&naive, &model};
  return oracle::judge(subjects, trace);
}

StageResult run_histories(const CampaignOptions& options) {
  const auto deadline = Clock::now() + std::chrono::duration<double>(options.seconds);
  std::vector<Worker> workers;
  for (unsigned i = 0; i < options.jobs; ++i) workers.push_back({.seed = options.seed + i});
  {
    std::vector<std::jthread> threads;
    threads.reserve(workers.size());
    for (Worker& worker : workers) {
      threads.emplace_back([&] {
        properties::Random seeds(worker.seed);
        do {
          worker.try_history(seeds.next());
          ++options.tried;
        } while (Clock::now() < deadline && !options.interrupted && worker.result.failures.empty());
      });
    }
  }
  StageResult all{.name = "heaps, model against oracle"};
  oracle::JudgeCounts counts;
  std::uint64_t histories = 0;
  for (Worker& worker : workers) {
    for (std::string& failure : worker.result.failures) all.fail(std::move(failure));
    counts += worker.counts;
    histories += worker.histories;
  }
  all.count("releases", judged_releases().size());
  all.count("random histories", histories);
  all.count("operations", counts.operations);
  all.count("addresses", counts.addresses);
  all.count("snapshots", counts.snapshots);
  all.count("page maps", counts.page_maps);
  all.count("law evaluations", counts.all_law_evaluations());
  return all;
}

}  // namespace heaplaw::cli
