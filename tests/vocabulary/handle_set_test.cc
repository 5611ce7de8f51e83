#include "vocabulary/handle_set.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(HandleSet, TellsWhatWasInBefore) {
  HandleSet set;
  EXPECT_TRUE(set.insert(~0ull));
  EXPECT_FALSE(set.insert(~0ull));
  EXPECT_TRUE(set.insert(0));
  EXPECT_TRUE(set.contains(0));
  EXPECT_FALSE(set.contains(1));
  EXPECT_FALSE(set.erase(1));
  EXPECT_TRUE(set.erase(0));
  EXPECT_FALSE(set.contains(0));
  EXPECT_EQ(set.size(), 1u);
}

// Dense, sparse and far names, with enough removals that words are taken out of probe chains.
TEST(HandleSet, AgreesWithAStandardSetOverRandomSteps) {
  for (const unsigned spread : {0u, 3u, 6u, 40u}) {
    HandleSet set;
    std::set<std::uint64_t> twin;
    std::mt19937_64 random(spread);
    for (int step = 0; step < 40'000; ++step) {
      const std::uint64_t name = (random() % 700) << spread;
      if (random() % 2) {
        ASSERT_EQ(set.insert(name), twin.insert(name).second) << "seed " << spread;
      } else {
        ASSERT_EQ(set.erase(name), twin.erase(name) == 1) << "seed " << spread;
      }
      const std::uint64_t other = (random() % 700) << spread;
      ASSERT_EQ(set.contains(other), twin.contains(other)) << "seed " << spread;
      ASSERT_EQ(set.size(), twin.size());
    }
  }
}

}  // namespace
}  // namespace heaplaw
