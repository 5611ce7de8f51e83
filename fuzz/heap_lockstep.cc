#include "fuzz/heap_lockstep.h"

#include <array>

#include <fmt/format.h>

#include "model/runtime.h"
#include "oracle/naive/runtime.h"

namespace heaplaw::fuzz {

namespace {

constexpr oracle::JudgeOptions sparse = {.cadence = {.dense_snapshots = 0,
                                                     .snapshot_period = 512,
                                                     .dense_maps = 0,
                                                     .map_period = 4096,
                                                     .operations_per_item = 16,
                                                     .rare_snapshot_period = 24,
                                                     .invariants_with_maps_only = true}};

}  // namespace

oracle::Verdict judge_for_fuzzing(std::span<Subject* const> subjects, const Trace& trace) {
  return oracle::judge(subjects, trace, sparse);
}

oracle::Verdict judge_for_fuzzing(const Trace& trace) {
  oracle::NaiveRuntime naive(trace.release, trace.procs);
  model::Runtime model(trace.release, trace.procs);
  const std::array<Subject*, 2> subjects = {&naive, &model};
  return judge_for_fuzzing(subjects, trace);
}

std::string describe_failure(const Divergence& divergence, const Trace& trace) {
  return fmt::format("{}\nthe history:\n{}", report(divergence), print(trace));
}

}  // namespace heaplaw::fuzz
