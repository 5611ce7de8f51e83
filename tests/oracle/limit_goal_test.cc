#include "oracle/laws/limit_goal.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

constexpr std::uint64_t off = ~std::uint64_t{0};
constexpr std::uint64_t mib = 1 << 20;
const Release go1_19{19}, go1_21{21};

MemStats outside_heap(std::uint64_t bytes) { return {.sys = bytes}; }

// GC-14 says that the two snapshots reproduce: limit 2^63 - 1, less what lies outside the heap.
TEST(LimitGoal, WithoutALimitItIsWhatIsLeftOf2To63LessHeadroom) {
  constexpr std::uint64_t none = (std::uint64_t{1} << 63U) - 1;
  EXPECT_EQ(limit_goal(outside_heap(0), off, go1_19), none - mib);
  EXPECT_EQ(limit_goal(outside_heap(1000), off, go1_19), none - 1000 - mib);
  EXPECT_EQ(limit_goal({}, off, go1_21), none - none / 100 * 3);
}

TEST(LimitGoal, HeadroomIsAllThatIsLeftNearTheLimit) {
  EXPECT_EQ(limit_goal(outside_heap(9 * mib), 10 * mib, go1_19), mib);
  EXPECT_EQ(limit_goal(outside_heap(0), 10 * mib, go1_19), 9 * mib);
}

TEST(LimitGoal, ThereIsNoneWhereOtherMemoryTakesTheWholeLimit) {
  EXPECT_EQ(limit_goal(outside_heap(10 * mib), 10 * mib, go1_19), std::nullopt);
  EXPECT_EQ(limit_goal({}, 0, go1_19), std::nullopt);
}

// Memory above the limit counts a second time.
TEST(LimitGoal, OverageLowersIt) {
  const MemStats above{.sys = 12 * mib, .heap_idle = 8 * mib};
  EXPECT_EQ(limit_goal(above, 10 * mib, go1_19), 10 * mib - 4 * mib - 2 * mib - mib);
}

}  // namespace
}  // namespace heaplaw::oracle
