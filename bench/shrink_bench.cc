// A failing history of 100,000 operations shrunk to what matters. The goal: 20 operations or fewer
// within 30 seconds on one core.
#include <benchmark/benchmark.h>

#include "churn_history.h"
#include "cli/history/failure.h"
#include "faulty_lineup.h"
#include "oracle/shrink.h"

namespace heaplaw {
namespace {

void shrink_100k(benchmark::State& state) {
  const Trace trace = churn_history(static_cast<std::uint64_t>(state.range(0)), 100'000);
  const cli::Lineup lineup = lineup_with([] { return wrong_address_after_much(rare_size); });
  const std::atomic<bool> interrupted = false;
  oracle::Shrunk shrunk;
  for (auto _ : state) {
    cli::FailureFinder finder(lineup, interrupted);
    if (!finder.first(trace, cli::FailureWish::any)) {
      state.SkipWithError("the history does not fail");
      return;
    }
    shrunk = oracle::shrink(finder.failing(), finder.fails_at(std::chrono::seconds(30)));
  }
  state.counters["operations"] = static_cast<double>(shrunk.trace.operations.size());
  state.counters["runs"] = static_cast<double>(shrunk.runs);
  if (shrunk.trace.operations.size() > 20) state.SkipWithError("more than 20 operations are left");
}
BENCHMARK(shrink_100k)->DenseRange(1, 5)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace heaplaw
