#include "oracle/naive/pacer.h"

#include "driver.h"

namespace heaplaw::oracle {
namespace {

using naive::State;

// GC-13, as real Gos begin.
TEST(NaivePacer, aProcessBeginsWithAGoalOfFourMebibytes) {
  const State state;
  EXPECT_EQ(naive::heap_goal(state, naive::HeapAllocView::exact), 4194304U);
  EXPECT_EQ(naive::gc_trigger(state), 3997696U);
}

TEST(NaivePacer, theGoalIsThePercentageAboveWhatWasMarked) {
  State state;
  state.heap_marked = 100 << 20;
  EXPECT_EQ(naive::heap_goal(state, naive::HeapAllocView::exact), std::uint64_t{200} << 20);
  state.gc_percent = 50;
  EXPECT_EQ(naive::heap_goal(state, naive::HeapAllocView::exact), std::uint64_t{150} << 20);
  state.gc_percent = 0;
  EXPECT_EQ(naive::gc_trigger(state), std::uint64_t{100} << 20);
}

// GC-14: with GOGC off and no limit the goal is 2^63 - 1 less what is not heap, less 1 MiB.
TEST(NaivePacer, theLimitsGoalLeavesRoomForTheRest) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(1 << 20);
  const MemStats stats = d.read();
  EXPECT_EQ(stats.next_gc,
            9223372036854775807U - (stats.sys - stats.heap_idle - stats.heap_alloc) - (1 << 20));
}

// Since 1.21 3 % of it, if that is more.
TEST(NaivePacer, theRoomGrowsWithTheLimit) {
  Driver d(1, green_tea);
  d.apply(Operation::gc_percent(value_off));
  d.alloc(1 << 20);
  const MemStats stats = d.read();
  const std::uint64_t goal =
      9223372036854775807U - (stats.sys - stats.heap_idle - stats.heap_alloc);
  EXPECT_EQ(stats.next_gc, goal - goal / 100 * 3);
  d.apply(Operation::memory_limit(std::uint64_t{20} << 20));
  EXPECT_GT(d.runtime.mem_stats().next_gc, std::uint64_t{10} << 20);
  EXPECT_LT(d.runtime.mem_stats().next_gc, std::uint64_t{19} << 20);
}

TEST(NaivePacer, aLimitBelowWhatIsThereMakesTheMarkedHeapTheGoal) {
  Driver d;
  d.alloc(1 << 20);
  d.gc();
  d.apply(Operation::memory_limit(1 << 20));
  EXPECT_EQ(d.runtime.mem_stats().next_gc, d.runtime.state().heap_marked);
}

// GC-13: D stays until the next commit, however done the sweep is.
TEST(NaivePacer, afterACollectionTheGoalIsAMebibyteAboveTheLiveHeap) {
  Driver d;
  d.apply(Operation::gc_percent(0));
  d.alloc(1 << 20);
  d.gc();
  EXPECT_EQ(d.runtime.mem_stats().next_gc, std::uint64_t{2} << 20);
  d.apply(Operation::gc_percent(0));
  EXPECT_EQ(d.runtime.mem_stats().next_gc, std::uint64_t{1} << 20);
}

// SW-4 by hand: 10 pages over 100 bytes; at 55 bytes 5 are owed.
TEST(NaivePacer, pagesAreOwedInProportion) {
  State state;
  state.heap_live = 1030;
  state.sweep_pace = {.pages = 10, .bytes = 100, .live_basis = 1000};
  EXPECT_EQ(naive::sweep_target(state, 25), 5U);
  state.heap_live = 900;  // below its basis: no difference
  EXPECT_EQ(naive::sweep_target(state, 25), 2U);
}

}  // namespace
}  // namespace heaplaw::oracle
