#include "cli/history/lockstep.h"

#include <gtest/gtest.h>

#include "faulty_lineup.h"
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

}  // namespace
}  // namespace heaplaw::cli
