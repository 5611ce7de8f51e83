#include "cli/check/histories.h"

#include <array>
#include <chrono>

#include "cli/check/history_work.h"
#include "cli/history/history_input.h"
#include "properties/random.h"
#include "properties/small_worlds.h"
#include "properties/trace_generator.h"

namespace heaplaw::cli {

namespace {

using Clock = std::chrono::steady_clock;

// Short histories reach odd corners sooner, long ones fill chunks.
constexpr std::uint64_t lengths[] = {30, 100, 300, 1000};

}  // namespace

StageResult run_random_histories(const StageOptions& options, std::span<const Release> releases) {
  const auto deadline = Clock::now() + std::chrono::duration<double>(options.seconds);
  return judge_in_parallel(
      "random histories", "histories", options, [&](HistoryWork& worker, unsigned number) {
        properties::Random seeds(options.seed + number);
        do {
          const std::uint64_t seed = seeds.next();
          properties::Random random(seed);
          const std::uint64_t length = random.pick(lengths);
          const Release& release = releases[random.below(releases.size())];
          worker.judge(properties::generate(seed, {.length = length, .release = release}),
                       fmt::format("history of seed {}", seed));
        } while (Clock::now() < deadline && !worker.stopped());
      });
}

StageResult run_small_worlds(const StageOptions& options, const Release& release,
                             std::size_t length) {
  const properties::Alphabet alphabet = properties::standard_alphabet(release);
  const std::uint64_t expected = properties::count_histories(alphabet, length).histories;
  StageResult stage = judge_in_parallel(
      fmt::format("all histories of {} steps, {}", length, release), "histories", options,
      [&](HistoryWork& worker, unsigned number) {
        // Making one costs next to nothing beside judging it, so every worker makes them all.
        std::uint64_t ordinal = 0;
        (void)properties::for_each_history(alphabet, length, [&](const Trace& trace) {
          const std::uint64_t own = ordinal++;
          if (own % options.jobs != number) return true;
          worker.judge(trace, fmt::format("small world {}", own));
          return !worker.stopped();
        });
      });
  const std::uint64_t judged = stage.counts.front().second;
  if (stage.holds() && !stage.cut_short && judged != expected) {
    stage.fail(fmt::format("{} histories judged, but there are {}", judged, expected));
  }
  return stage;
}

StageResult run_kept_histories(const StageOptions& options, std::string name,
                               const std::vector<std::string>& files, std::span<const Release> as) {
  struct Kept {
    std::string what;
    Trace trace;
  };
  std::vector<Kept> histories;
  for (const std::string& file : files) {
    HistoryInput input(file);
    const Trace trace = input.trace();
    if (as.empty()) expect_modelled(trace.release, input.name());
    const std::array own = {trace.release};
    for (const Release& release : as.empty() ? std::span<const Release>(own) : as) {
      histories.push_back({fmt::format("{} as {}", file, release), trace});
      histories.back().trace.release = release;
    }
  }
  return judge_in_parallel(std::move(name), "histories", options,
                           [&](HistoryWork& worker, unsigned number) {
                             for (std::size_t i = number; i < histories.size(); i += options.jobs) {
                               if (options.interrupted) return;
                               worker.judge(histories[i].trace, histories[i].what);
                             }
                           });
}

StageResult run_begun_histories(const StageOptions& options, std::string name,
                                const std::vector<std::string>& traces,
                                const std::vector<std::string>& recordings) {
  struct Beginning {
    std::string file;
    Recording recording;
  };
  std::vector<Beginning> beginnings;
  for (const std::string& file : recordings) {
    beginnings.push_back({file, HistoryInput(file).recording()});
    expect_modelled(beginnings.back().recording.trace.release, file);
  }
  std::vector<Trace> histories;
  for (const std::string& file : traces) histories.push_back(HistoryInput(file).trace());
  const auto judge_all = [&](HistoryWork& worker, unsigned number) {
    for (std::size_t i = number; i < histories.size(); i += options.jobs) {
      for (const Beginning& beginning : beginnings) {
        if (options.interrupted) return;
        OperationSource operations = operations_of(histories[i]);
        operations.release = beginning.recording.trace.release;
        operations.start = start_of(beginning.recording);
        worker.judge(operations, fmt::format("{} begun as {}", traces[i], beginning.file));
      }
    }
  };
  return judge_in_parallel(std::move(name), "histories", options, judge_all);
}

}  // namespace heaplaw::cli
