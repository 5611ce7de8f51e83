#include "model/pages/scavenge_index.h"

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

using enum ScavengeUrgency;

ScavengeIndex index_of(unsigned minor) { return ScavengeIndex(*facts_of(Release{minor}).heap); }

TEST(ScavengeIndex, MarksKnowNoUrgencyAndNoGeneration) {
  ScavengeIndex index = index_of(19);
  EXPECT_EQ(index.occupancy(), nullptr);
  index.allocated(4, 512);
  index.freed(4, 7, 2);
  EXPECT_EQ(index.find(background), (ScavengePosition{4, 8}));
  EXPECT_EQ(index.find(forced), (ScavengePosition{4, 8}));
  index.set_empty(4);
  index.next_generation();
  EXPECT_EQ(index.find(forced), std::nullopt);
}

TEST(ScavengeIndex, OccupancyWaitsForAGenerationUnlessForced) {
  ScavengeIndex index = index_of(26);
  ASSERT_NE(index.occupancy(), nullptr);
  index.allocated(4, 512);
  index.freed(4, 7, 20);
  EXPECT_EQ(index.find(background), std::nullopt);
  EXPECT_EQ(index.find(forced), (ScavengePosition{4, 26}));
  index.next_generation();
  EXPECT_EQ(index.find(background), (ScavengePosition{4, 26}));
  EXPECT_EQ(index.occupancy()->in_use(4), 492u);
}

// SC-18: pages that a destroyed P's cache returns are not seen before something else is freed.
TEST(ScavengeIndex, OnlyOccupancySeesWhatCachesReturn) {
  for (const unsigned minor : {19U, 26U}) {
    ScavengeIndex index = index_of(minor);
    index.cached(4, 64);
    index.returned_by_cache(4, 63, 64);
    EXPECT_EQ(index.find(forced).has_value(), minor == 26) << minor;
  }
}

}  // namespace
}  // namespace heaplaw::model
