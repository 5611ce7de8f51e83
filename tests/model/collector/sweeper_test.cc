#include "model/collector/sweeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "runtime_fixture.h"

namespace heaplaw::model {
namespace {

// Leaves a triggered collection behind, whose sweep has only begun.
void begin_sweep(Process& p, unsigned drop_every) {
  p.apply(Operation::gc_percent(400));
  while (p.runtime.state().collections.cycles == 0) {
    p.alloc(16384_B);
    if (p.handles % drop_every == 0) p.drop(p.handles, p.handles);
  }
}

TEST(Sweeper, GoesOnUntilNothingIsLeft) {
  Process p;
  begin_sweep(p, 2);
  HeapState state = p.runtime.state();
  EXPECT_FALSE(state.sweep.done);
  Sweeper(state).sweep_rest();
  EXPECT_TRUE(state.sweep.done);
  EXPECT_FALSE(Sweeper(state).sweep_one());
  EXPECT_EQ(state.counts.bytes_live(), state.pacer.heap_marked());
}

TEST(Sweeper, ReclaimsWholeBlocksAndKeepsTheSurplusAsCredit) {
  Process p;
  begin_sweep(p, 2);
  HeapState state = p.runtime.state();
  const std::uint64_t credit = state.sweep.reclaim_credit;
  ASSERT_EQ(credit, 0u);
  const std::uint64_t in_use = state.sweep.pages_in_use;
  Sweeper(state).reclaim(3);
  // Half of the first block's 2-page spans died; only those are swept.
  EXPECT_GE(in_use - state.sweep.pages_in_use, 3u);
  EXPECT_EQ(state.sweep.reclaim_credit, in_use - state.sweep.pages_in_use - 3);
  EXPECT_EQ(state.sweep.reclaim_page, 512u);
  const std::uint64_t left = state.sweep.pages_in_use;
  Sweeper(state).reclaim(2);
  EXPECT_EQ(state.sweep.pages_in_use, left) << "paid from credit";
}

TEST(Sweeper, StopsReclaimingAtTheEndOfTheArenas) {
  Process p;
  begin_sweep(p, 2);
  HeapState state = p.runtime.state();
  Sweeper(state).reclaim(1 << 20);
  EXPECT_TRUE(state.sweep.reclaim_done);
  EXPECT_FALSE(state.sweep.done) << "spans with live objects are still to be swept";
}

// A dead span that is counted and nowhere must be noticed, not looked for ever.
TEST(Sweeper, ADeadSpanThatIsNowhereIsMissed) {
  Process p;
  begin_sweep(p, 2);
  HeapState state = p.runtime.state();
  ++state.sweep.dead_spans;
  EXPECT_THAT(check_failure_of([&] { Sweeper(state).reclaim(std::uint64_t{1} << 30); }),
              testing::HasSubstr("beyond the end of the arenas"));
}

// SW-4
TEST(Sweeper, AnAllocationSweepsInProportion) {
  Process p;
  begin_sweep(p, 1'000'000);
  HeapState state = p.runtime.state();
  const double pace = state.sweep.pages_per_byte;
  ASSERT_GT(pace, 0);
  const std::uint64_t bytes = 1 << 20;
  Sweeper(state).pay(bytes, 0);
  const std::uint64_t swept = state.sweep.pages_swept - state.sweep.swept_basis;
  EXPECT_GE(static_cast<double>(swept) + 1, pace * static_cast<double>(bytes));
  EXPECT_LE(static_cast<double>(swept), pace * static_cast<double>(bytes) + 2);
}

}  // namespace
}  // namespace heaplaw::model
