#include "vocabulary/reach.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

void go_left() { HEAPLAW_REACH("reach test: left"); }
[[maybe_unused]] void go_right() { HEAPLAW_REACH("reach test: right"); }

[[maybe_unused]] void go_apart() { HEAPLAW_REACH_APART("reach test: apart"); }

const ReachPoint* point(std::string_view name) {
  const auto points = reach_points();
  const auto found = std::ranges::find(points, name, &ReachPoint::name);
  return found == points.end() ? nullptr : *found;
}

TEST(Reach, CountsAndListsWhatWasNeverReached) {
  reset_reach();
  go_left();
  go_left();
  ASSERT_NE(point("reach test: left"), nullptr);
  EXPECT_EQ(point("reach test: left")->times(), 2u);
  ASSERT_NE(point("reach test: right"), nullptr);
  EXPECT_EQ(point("reach test: right")->times(), 0u);
  reset_reach();
  EXPECT_EQ(point("reach test: left")->times(), 0u);
}

TEST(Reach, PointsKnowWhoCanReachThem) {
  EXPECT_EQ(point("reach test: left")->by(), ReachBy::history);
  EXPECT_EQ(point("reach test: apart")->by(), ReachBy::structure_alone);
}

TEST(Reach, PointsKnowTheirPlaceAndComeSorted) {
  EXPECT_TRUE(point("reach test: left")->file().ends_with("reach_test.cc"));
  EXPECT_GT(point("reach test: right")->line(), point("reach test: left")->line());
  const auto points = reach_points();
  EXPECT_TRUE(std::ranges::is_sorted(points, {}, &ReachPoint::name));
}

}  // namespace
}  // namespace heaplaw
