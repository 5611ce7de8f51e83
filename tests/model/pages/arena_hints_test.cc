#include "model/pages/arena_hints.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

constexpr Address first{0xc000000000};
constexpr Bytes tebibyte{std::uint64_t{1} << 40};

TEST(ArenaHints, BeginLowAndGoUpTebibyteByTebibyte) {
  ArenaHints hints(3);
  for (unsigned i = 0; i < 3; ++i) {
    EXPECT_EQ(hints.size(), 3 - i);
    EXPECT_EQ(hints.last().address, first + tebibyte * i);
    EXPECT_FALSE(hints.last().downwards);
    hints.drop_last();
  }
  EXPECT_TRUE(hints.empty());
}

TEST(ArenaHints, WhatIsAddedComesFirst) {
  ArenaHints hints(2);
  hints.add({.address = first - 64_MiB, .downwards = true});
  hints.add({.address = first + 4_MiB});
  hints.move_last(first + 8_MiB);
  EXPECT_EQ(hints.size(), 4u);
  EXPECT_EQ(hints.last().address, first + 8_MiB);
  hints.drop_last();
  hints.move_last(first - 128_MiB);
  EXPECT_EQ(hints.last().address, first - 128_MiB);
  EXPECT_TRUE(hints.last().downwards);
  hints.drop_last();
  EXPECT_EQ(hints.last().address, first);
}

TEST(ArenaHints, TheOneThatMovesIsNoLongerAsItBegan) {
  ArenaHints hints(2);
  hints.move_last(first + 64_MiB);
  EXPECT_EQ(hints.size(), 2u);
  EXPECT_EQ(hints.last().address, first + 64_MiB);
  hints.drop_last();
  EXPECT_EQ(hints.last().address, first + tebibyte);
  hints.drop_last();
  EXPECT_TRUE(hints.empty());
}

}  // namespace
}  // namespace heaplaw::model
