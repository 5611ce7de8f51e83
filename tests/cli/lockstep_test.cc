#include "cli/history/lockstep.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "faulty_lineup.h"
#include "model/runtime.h"
#include "vocabulary/divergence.h"
#include "vocabulary/operation_text.h"

namespace heaplaw::cli {
namespace {

Trace everything() {
  return {.release = modelled_releases().front(),
          .operations = {Operation::alloc(1, 100_B, ObjectKind::noscan),
                         Operation::alloc(2, 70'000_B, ObjectKind::scan), Operation::drop(1),
                         Operation::gc(), Operation::read_memstats(), Operation::free_os_memory()}};
}

TEST(Lockstep, AHistoryOfEverythingIsCompared) {
  const oracle::Verdict verdict = judge_in_lockstep(everything());
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.counts.operations, 6u);
  EXPECT_EQ(verdict.counts.addresses, 2u);
  EXPECT_GE(verdict.counts.page_maps, 6u);
}

TEST(Lockstep, EveryStepIsSeenWithItsAnswer) {
  std::vector<std::string> seen;
  const Trace trace = everything();
  (void)judge_in_lockstep(trace, model_and_oracle, [&](const Step& step) {
    EXPECT_EQ(step.index, seen.size());
    EXPECT_EQ(step.operation, trace.operations[step.index]);
    EXPECT_EQ(step.subject.name(), "model");
    seen.push_back(to_string(step.observation));
    return true;
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"0xc000000000", "0xc000002000", "nothing", "nothing",
                                            "stats", "nothing"}));
}

TEST(Lockstep, WhoeverWatchesCanEndIt) {
  const oracle::Verdict verdict = judge_in_lockstep(
      everything(), model_and_oracle, [](const Step& step) { return step.index < 2; });
  EXPECT_EQ(verdict.counts.operations, 3u);
  EXPECT_FALSE(verdict.divergence);
}

TEST(Lockstep, APlantedFaultIsFoundWhereItIs) {
  Trace trace = everything();
  trace.operations.push_back(Operation::alloc(3, 48_B, ObjectKind::scan));
  const auto verdict =
      judge_in_lockstep(trace, lineup_with([] { return wrong_address_after_gc(48); }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->operation_index, 6u);
  EXPECT_EQ(verdict.divergence->field, "address");
  EXPECT_EQ(verdict.divergence->actual_by, "model");
}

// Beyond the room for 16 ranges, and to the last hint, with collections and a limit on the way.
TEST(Lockstep, AHeapInEveryPlaceThatThereIs) {
  for (const Release& release : modelled_releases()) {
    Trace trace{.release = release};
    trace.operations = {Operation::gc_percent(value_off)};
    for (std::uint64_t i = 1; i <= 132; ++i) {
      trace.operations.push_back(Operation::os_fault(OsFault::reserve));
      trace.operations.push_back(Operation::alloc(i, 40_MiB + 4_MiB * (i % 9), ObjectKind::scan));
      if (i % 16 == 2) trace.operations.push_back(Operation::drop(i - 1));
      if (i % 32 == 5) trace.operations.push_back(Operation::gc());
      if (i == 40) trace.operations.push_back(Operation::memory_limit((1024_MiB * 3).raw()));
    }
    trace.operations.push_back(Operation::free_os_memory());
    EXPECT_EQ(first_breach(trace), std::nullopt);
    const auto divergence = judge_in_lockstep(trace).divergence;
    EXPECT_FALSE(divergence) << fmt::format("{}: ", release) << summary(*divergence);
  }
}

// The kernel has no memory for the last collection's work buffer: nothing is collected, and laws on
// collections do not apply.
TEST(Lockstep, ACollectionWithoutMemoryBreaksNoLaw) {
  const Trace trace = parse_trace(
      "heaplaw-trace 1\n"
      "release go1.19.8\n"
      "gc-percent off\n"
      "alloc 1 4161536 noscan\n"
      "stack-grow 1 32768\n"
      "os-fault map\n"
      "gc\n",
      "test");
  model::Runtime model(trace.release, trace.procs);
  Observation last;
  for (const Operation& operation : trace.operations) last = model.apply(operation);
  EXPECT_EQ(last.answer, Answer::out_of_memory);
  EXPECT_FALSE(judge_in_lockstep(trace).divergence);
}

}  // namespace
}  // namespace heaplaw::cli
