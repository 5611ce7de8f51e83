#include "evidence/explanation/live_heap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t mib = 1024 * 1024;

// After a collection that marked 100 MiB, with 20 MiB allocated since.
Figures figures(std::uint64_t next_gc, ReleaseSpan releases) {
  Figures f;
  f.heap_alloc = Bounds::exactly(120 * mib);
  f.heap_inuse = Bounds::exactly(130 * mib);
  f.stack_inuse = Bounds::exactly(2 * mib);
  f.next_gc = Bounds::exactly(next_gc);
  f.num_gc = Bounds::exactly(9);
  f.releases = releases;
  return f;
}

TEST(LiveHeap, IsHalfOfTheGoalUpToGo117) {
  const LiveHeap live = live_heap_of(figures(200 * mib, {9, 17}), {});
  EXPECT_TRUE(live.bytes.contains(100 * mib));
  EXPECT_LE(live.bytes.upper - live.bytes.lower, 2);
  EXPECT_THAT(live.how, HasSubstr("GOGC=100 (taken)"));
}

TEST(LiveHeap, FollowsTheGogcThatIsGiven) {
  const LiveHeap live = live_heap_of(figures(150 * mib, {9, 17}), {.gogc = 50});
  EXPECT_TRUE(live.bytes.contains(100 * mib));
  EXPECT_LE(live.bytes.upper - live.bytes.lower, 2);
}

// From Go 1.18 on stacks and globals are part of what grows.
TEST(LiveHeap, LeavesRoomForRoots) {
  for (const std::uint64_t roots : {0 * mib, 2 * mib, 10 * mib}) {
    const LiveHeap live = live_heap_of(figures(200 * mib + roots, ReleaseSpan::since(19)), {});
    EXPECT_TRUE(live.bytes.contains(100 * mib)) << roots;
    EXPECT_GT(live.bytes.lower, 80 * mib) << roots;
    EXPECT_THAT(live.how, HasSubstr("globals of at most 16 MiB"));
  }
}

TEST(LiveHeap, WithALimitTheGoalOnlyBoundsIt) {
  const LiveHeap live =
      live_heap_of(figures(110 * mib, ReleaseSpan::since(19)), {.limit = 200 * mib});
  EXPECT_TRUE(live.bytes.contains(100 * mib));
  EXPECT_EQ(live.bytes.upper, 110 * mib);
}

// A running cycle's goal is what the heap held when it began, and 1 MiB.
TEST(LiveHeap, AGoalNearTheHeapTellsNoLeast) {
  const LiveHeap live = live_heap_of(figures(131 * mib, {9, 17}), {});
  EXPECT_EQ(live.bytes.lower, 0);
  EXPECT_LE(live.bytes.upper, 66 * mib);
}

TEST(LiveHeap, TheLeastHeapTellsNothing) {
  EXPECT_EQ(live_heap_of(figures(4 * mib, {9, 17}), {}).bytes, (Bounds{0, 2 * mib}));
}

TEST(LiveHeap, BeforeGo19NextGcMayBeTheTrigger) {
  const LiveHeap live = live_heap_of(figures(195 * mib, {5, 8}), {});
  EXPECT_TRUE(live.bytes.contains(100 * mib));
  EXPECT_EQ(live.bytes.upper, 120 * mib);
}

TEST(LiveHeap, ATraceSaysIt) {
  Figures f = figures(200 * mib, {9, 17});
  f.marked = Bounds::floored(77, mib);
  EXPECT_EQ(live_heap_of(f, {}).bytes, Bounds::floored(77, mib));
}

TEST(LiveHeap, NobodyKnowsWithoutACollectionOrAGoal) {
  const Bounds all{0, 120 * mib};
  Figures f = figures(200 * mib, {9, 17});
  EXPECT_EQ(live_heap_of(f, {.gogc = -1}).bytes, all);
  f.num_gc = Bounds::exactly(0);
  EXPECT_EQ(live_heap_of(f, {}).bytes, all);
  for (const std::uint64_t never : {18446744073709551615U, 9223372036783672015U,
                                    8946670875737108716U, 17592186044415U << 20U}) {
    EXPECT_EQ(live_heap_of(figures(never, {9, 17}), {}).bytes, all) << never;
  }
}

TEST(LiveHeap, AGogcThatDoesNotFitIsRefuted) {
  const LiveHeap live = live_heap_of(figures(400 * mib, {9, 17}), {});
  EXPECT_TRUE(live.settings_refuted);
  EXPECT_EQ(live.bytes, (Bounds{0, 120 * mib}));
  EXPECT_FALSE(live_heap_of(figures(400 * mib, {9, 17}), {.gogc = 300}).settings_refuted);
}

TEST(LiveHeap, OffAndWrappedAreToldApart) {
  EXPECT_TRUE(means_never(Bounds::exactly(~std::uint64_t{0})));
  EXPECT_TRUE(means_never(Bounds::floored(8796093022196, mib)));
  EXPECT_FALSE(means_never(Bounds::exactly(std::uint64_t{1} << 47U)));
  EXPECT_TRUE(has_wrapped(Bounds::exactly(std::uint64_t{1} << 50U)));
  EXPECT_FALSE(has_wrapped(Bounds::exactly(~std::uint64_t{0})));
  EXPECT_FALSE(has_wrapped(Bounds::exactly(200 * mib)));
}

}  // namespace
}  // namespace heaplaw::evidence
