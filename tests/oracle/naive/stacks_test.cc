#include "oracle/naive/stacks.h"

#include <vector>

#include "driver.h"

namespace heaplaw::oracle {
namespace {

// ST-3: of a fresh span a P gets stacks 8 to 15, then 0 to 7.
TEST(NaiveStacks, aFreshSpanIsHandedOutInTwoAscendingHalves) {
  Driver d;
  std::vector<unsigned> got;
  for (std::uint64_t g = 0; g < 16; ++g) {
    d.apply(Operation::stack_grow(g, 2_KiB));
    got.push_back(d.runtime.state().stacks.at(g).index);
  }
  EXPECT_EQ(got, (std::vector<unsigned>{8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(d.read().stack_inuse, 32768U);
}

TEST(NaiveStacks, theOldStackIsFreedAfterTheNewOneIsThere) {
  Driver d;
  d.apply(Operation::stack_grow(1, 32_KiB));
  d.apply(Operation::stack_grow(1, 64_KiB));
  EXPECT_EQ(d.runtime.mem_stats().stack_inuse, 65536U);
  const PageMap map = d.runtime.page_map();
  EXPECT_EQ(map.runs()[0].state.use, PageUse::free);
  d.apply(Operation::stack_free(1));
  EXPECT_EQ(d.runtime.mem_stats().stack_inuse, 0U);
}

// ST-5, ST-4: a flush gives cached stacks back, and the span goes with the last of them.
TEST(NaiveStacks, aFlushFreesEmptySpans) {
  Driver d;
  d.apply(Operation::stack_grow(1, 2_KiB));
  d.apply(Operation::stack_free(1));
  EXPECT_EQ(d.runtime.mem_stats().stack_inuse, 32768U);
  EXPECT_EQ(d.read().stack_inuse, 0U);
}

// ST-3: a full cache goes down to half before it takes another.
TEST(NaiveStacks, aFullCacheGivesHalfBack) {
  Driver d;
  for (std::uint64_t g = 0; g < 40; ++g) d.apply(Operation::stack_grow(g, 2_KiB));
  const auto cached = [&] { return d.runtime.state().procs[0].stacks[0].size(); };
  EXPECT_EQ(cached(), 0U);
  for (std::uint64_t g = 0; g < 16; ++g) d.apply(Operation::stack_free(g));
  EXPECT_EQ(cached(), 16U);
  d.apply(Operation::stack_free(16));
  EXPECT_EQ(cached(), 9U);
}

}  // namespace
}  // namespace heaplaw::oracle
