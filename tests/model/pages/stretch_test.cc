#include "model/pages/stretch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using testing::ElementsAre;

TEST(Stretch, BeginsWithNothing) {
  const Stretch<int> stretch;
  EXPECT_FALSE(stretch.has(0));
  EXPECT_EQ(stretch.first(), stretch.end());
  EXPECT_EQ(stretch.get(7), 0);
  EXPECT_EQ(stretch.metadata(), 0_B);
}

TEST(Stretch, GrowsAtBothEndsAndFillsWithZeros) {
  Stretch<int> stretch;
  stretch.at(1000) = 5;
  EXPECT_EQ(stretch.first(), 1000u);
  stretch.at(1003) = 6;
  stretch.at(998) = 4;
  EXPECT_THAT(stretch.entries(), ElementsAre(4, 0, 5, 0, 0, 6));
  EXPECT_EQ(stretch.first(), 998u);
  EXPECT_EQ(stretch.end(), 1004u);
  EXPECT_EQ(stretch[1000], 5);
  EXPECT_TRUE(stretch.has(1001));
  EXPECT_FALSE(stretch.has(997));
  EXPECT_FALSE(stretch.has(1004));
  EXPECT_EQ(stretch.get(1004), 0);
}

TEST(Stretch, ManyAreMadeAtOnceAndKeepWhatIsThere) {
  Stretch<int> stretch;
  stretch.at(18) = 1;
  stretch.make(16, 8);
  EXPECT_THAT(stretch.part(16, 8), ElementsAre(0, 0, 1, 0, 0, 0, 0, 0));
  stretch.make(8, 8);
  EXPECT_THAT(stretch.part(15, 4), ElementsAre(0, 0, 0, 1));
  stretch.make(16, 8);
  EXPECT_EQ(stretch.entries().size(), 16u);
}

// One more never takes room for more than as many again.
TEST(Stretch, CostsWhatIsUsed) {
  Stretch<std::uint64_t> stretch;
  stretch.make(1 << 20, 5);
  EXPECT_EQ(stretch.metadata(), Bytes{5 * 8});
  for (std::uint64_t n = 6; n < 1000; ++n) {
    stretch.at((1 << 20) + n - 1);
    ASSERT_LE(stretch.metadata().raw(), 2 * 8 * n);
  }
}

}  // namespace
}  // namespace heaplaw::model
