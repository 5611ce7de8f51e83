#include "properties/random_parameters.h"

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

TEST(RandomParameters, ASeedGivesTheSameAgain) {
  Random a(3);
  Random b(3);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random_parameters(a), random_parameters(b));
}

// A generator that never leaves the usual, or never stays there, tests little.
TEST(RandomParameters, MostlyUsualSometimesOdd) {
  Random random(3);
  int usual_pages = 0;
  int odd_pages = 0;
  int growing = 0;
  for (int i = 0; i < 1000; ++i) {
    const SizeClassParameters p = random_parameters(random);
    usual_pages += p.page_size == 8_KiB;
    odd_pages += !is_power_of_two(p.page_size.raw());
    growing += p.grow_to_fill;
  }
  EXPECT_GT(usual_pages, 100);
  EXPECT_GT(odd_pages, 5);
  EXPECT_GT(growing, 500);
  EXPECT_LT(growing, 900);
}

}  // namespace
}  // namespace heaplaw::properties
