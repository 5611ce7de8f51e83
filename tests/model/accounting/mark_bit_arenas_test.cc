#include "model/accounting/mark_bit_arenas.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(MarkBitArenas, TakeAnotherWhenTheLastIsFull) {
  MarkBitArenas arenas;
  EXPECT_TRUE(arenas.take(1));
  // 65520 bytes in an arena, 8 for up to 64 slots.
  for (unsigned i = 1; i < 65520 / 8; ++i) ASSERT_FALSE(arenas.take(64));
  EXPECT_TRUE(arenas.take(1));
  EXPECT_EQ(arenas.mapped(), 2u);
}

TEST(MarkBitArenas, AreUsedAgainTwoCyclesLater) {
  MarkBitArenas arenas;
  for (unsigned cycle = 0; cycle < 3; ++cycle) {
    EXPECT_TRUE(arenas.take(1024)) << cycle;
    arenas.next_epoch();
  }
  EXPECT_FALSE(arenas.take(1024)) << "the first one is free now";
  EXPECT_EQ(arenas.mapped(), 3u);
}

}  // namespace
}  // namespace heaplaw::model
