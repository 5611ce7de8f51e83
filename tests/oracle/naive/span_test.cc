#include "oracle/naive/span.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

TEST(NaiveSpan, freeSlotsAreFoundUpwardFromTheFreeIndex) {
  Span span{.slots = 4, .free_index = 1};
  span.allocated.set(1);
  EXPECT_EQ(span.next_free(), 2U);
  span.free_index = 4;
  EXPECT_EQ(span.next_free(), 4U);
}

TEST(NaiveSpanSet, firstInFirstOut) {
  SpanSet set;
  EXPECT_TRUE(set.needs_table());
  EXPECT_EQ(set.enlarge_table(), 256U);
  EXPECT_FALSE(set.needs_table());
  for (const SpanId id : {3U, 1U, 2U}) set.push(id);
  EXPECT_EQ(set.pop(), 3U);
  EXPECT_EQ(set.pop(), 1U);
  set.push(7);
  EXPECT_EQ(set.pop(), 2U);
  EXPECT_EQ(set.pop(), 7U);
  EXPECT_EQ(set.pop(), std::nullopt);
}

// MS-9: a block of 512 entries comes with its first and goes with its last, or at a reset.
TEST(NaiveSpanSet, blocksComeAndGo) {
  SpanSet set;
  EXPECT_EQ(set.blocks(), 0U);
  for (SpanId id = 0; id < 513; ++id) set.push(id);
  EXPECT_EQ(set.blocks(), 2U);
  for (SpanId id = 0; id < 512; ++id) ASSERT_EQ(set.pop(), id);
  EXPECT_EQ(set.blocks(), 1U);
  ASSERT_TRUE(set.pop());
  EXPECT_EQ(set.blocks(), 1U);
  set.reset();
  EXPECT_EQ(set.blocks(), 0U);
}

}  // namespace
}  // namespace heaplaw::oracle::naive
