#include "properties/random.h"

#include <array>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::properties {
namespace {

// The generator's published reference, filled from 0 by splitmix64.
TEST(Random, NumbersAreThoseOfTheReference) {
  Random random(0);
  EXPECT_EQ(random.next(), 0x99ec5f36cb75f2b4U);
  EXPECT_EQ(random.next(), 0xbf6e1f784956452aU);
  EXPECT_EQ(random.next(), 0x1a5f849d4933e6e0U);
}

TEST(Random, NumbersStayBelowTheirBoundAndReachIt) {
  Random random(1);
  std::array<int, 7> seen{};
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  for (const int times : seen) EXPECT_GT(times, 800);
  EXPECT_EQ(random.below(1), 0u);
  EXPECT_THROW((void)random.below(0), CheckFailure);
}

TEST(Random, WeightsAreProbabilities) {
  Random random(2);
  const std::array<std::uint64_t, 4> weights = {0, 1, 0, 9};
  std::array<int, 4> seen{};
  for (int i = 0; i < 10'000; ++i) ++seen.at(random.weighted(weights));
  EXPECT_EQ(seen[0] + seen[2], 0);
  EXPECT_NEAR(seen[1], 1000, 150);
}

}  // namespace
}  // namespace heaplaw::properties
