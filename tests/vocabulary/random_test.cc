#include "vocabulary/random.h"

#include <array>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

// The published first outputs of splitmix64: a seed must mean the same everywhere, for ever.
TEST(Random, GivesTheKnownNumbers) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
  Random random(1);
  std::array<int, 5> seen{};
  for (int i = 0; i < 1000; ++i) ++seen.at(random.below(5));
  for (const int times : seen) EXPECT_GT(times, 100);
  EXPECT_THROW((void)random.below(0), CheckFailure);
}

TEST(Random, PicksOnlyWhatItIsGiven) {
  Random random(1);
  constexpr int choices[] = {3, 5};
  for (int i = 0; i < 100; ++i) {
    const int picked = random.pick(choices);
    EXPECT_TRUE(picked == 3 || picked == 5);
  }
}

}  // namespace
}  // namespace heaplaw
