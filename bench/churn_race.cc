// The race against the real Go: the same 3,000,000 operations of churn, executed by a process of
// that Go and replayed by the model, in turn, under GOGC=100 on one P. Both have the trace in
// memory before the clock starts, and do nothing but the operations; their collections count.
// Each round has both, one after the other, and the figures are those of the middle round.
// The heap of the race has up to 200,000 live objects; the same with 20,000 and with 1,000, a heap
// that fits the processor's caches and flatters Go, is measured beside it.
//
//   cmake --preset bench && cmake --build --preset bench
//   build/bench/bench/churn_race [GO]...      GO: GOROOTs or go commands; the one in PATH unless
//   given
#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "churn.h"
#include "model/runtime.h"
#include "oracle/golang/recorder.h"

namespace heaplaw {
namespace {

// Enough that a neighbour who comes and goes on the machine does not decide.
constexpr int rounds = 21;

std::uint64_t cpu_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

oracle::RaceTime replay(const Trace& trace) {
  using Clock = std::chrono::steady_clock;
  model::Runtime runtime(trace.release, 1);
  std::uint64_t sum = 0;  // of all answers, so that none can be left out
  const std::uint64_t cpu_begun = cpu_ns();
  const Clock::time_point begun = Clock::now();
  for (const Operation& operation : trace.operations) {
    sum ^= runtime.apply(operation).address.raw();
  }
  const auto wall = Clock::now() - begun;
  const std::uint64_t cpu = cpu_ns() - cpu_begun;
  if (sum == 0) throw std::runtime_error("the model gave no addresses");
  return {.wall_ns = static_cast<std::uint64_t>(std::chrono::nanoseconds(wall).count()),
          .cpu_ns = cpu,
          .collections = runtime.mem_stats().num_gc};
}

struct Round {
  oracle::RaceTime go;
  oracle::RaceTime model;
  // By processor time: wall time depends on who else is on the machine.
  [[nodiscard]] double times_faster() const {
    return static_cast<double>(go.cpu_ns) / static_cast<double>(model.cpu_ns);
  }
};

double per_operation(std::uint64_t ns) {
  return static_cast<double>(ns) / static_cast<double>(churn_operations);
}

void race(const std::string& go) {
  const oracle::Toolchain toolchain = oracle::toolchain_at(go);
  const oracle::Recorder recorder(toolchain);
  for (const std::size_t live_max :
       {std::size_t{200'000}, std::size_t{20'000}, std::size_t{1'000}}) {
    const Trace trace = {.release = toolchain.release, .operations = churn(live_max)};
    std::vector<Round> all;
    for (int i = 0; i < rounds; ++i) {
      // One after the other, as written.
      const oracle::RaceTime theirs = recorder.race(trace);
      all.push_back({.go = theirs, .model = replay(trace)});
    }
    std::ranges::sort(all, {}, &Round::times_faster);
    const auto& [theirs, ours] = all[all.size() / 2];
    fmt::print(
        "{:<9} {:>7} live: Go {:6.1f} ns (wall {:6.1f}), {:3} collections; model {:5.1f} ns (wall "
        "{:5.1f}), {:3} collections; {:.1f} times faster ({:.1f} to {:.1f} in {} rounds)\n",
        toolchain.release, live_max, per_operation(theirs.cpu_ns), per_operation(theirs.wall_ns),
        theirs.collections, per_operation(ours.cpu_ns), per_operation(ours.wall_ns),
        ours.collections, all[all.size() / 2].times_faster(), all.front().times_faster(),
        all.back().times_faster(), rounds);
  }
}

int main_with(std::vector<std::string> gos) {
  if (gos.empty()) gos.emplace_back("go");
  try {
    for (const std::string& go : gos) race(go);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "churn_race: {}\n", error.what());
    return 2;
  }
}

}  // namespace
}  // namespace heaplaw

int main(int argc, char** argv) { return heaplaw::main_with({argv + 1, argv + argc}); }
