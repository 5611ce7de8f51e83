#include "evidence/profile_estimate.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

constexpr std::int64_t rate = 512 * 1024;

TEST(ProfileEstimate, DividesBySampledShare) {
  // One object of the rate's size: 1 / (1 - 1/e) = 1.5819767.
  EXPECT_EQ(unsampled({1, rate}, rate), (ObjectsAndBytes{1, 829411}));
  // 72 samples of 16 bytes stand for about 32768.5 objects each.
  EXPECT_EQ(unsampled({72, 72 * 16}, rate).objects, 2359332);
  EXPECT_EQ(unsampled({10, 10 * 64 * rate}, rate), (ObjectsAndBytes{10, 10 * 64 * rate}));
}

TEST(ProfileEstimate, WithoutSamplingNothingIsScaled) {
  EXPECT_EQ(unsampled({3, 48}, 1), (ObjectsAndBytes{3, 48}));
  EXPECT_EQ(unsampled({3, 48}, 0), (ObjectsAndBytes{3, 48}));
}

TEST(ProfileEstimate, ARecordWithoutObjectsOrBytesIsNothing) {
  EXPECT_EQ(unsampled({0, 48}, rate), ObjectsAndBytes{});
  EXPECT_EQ(unsampled({3, 0}, rate), ObjectsAndBytes{});
}

TEST(ProfileEstimate, WrappedCountersStayWithinNumbers) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(unsampled({most, most}, rate).objects, most);
  EXPECT_LE(unsampled({-2, -32}, rate).objects, -2);
}

TEST(ProfileEstimate, LiveAndAllAreEstimatedApart) {
  const ProfileCounts counts{
      .live_objects = 1, .live_bytes = 16, .all_objects = 2, .all_bytes = 99};
  const ProfileCounts all = estimate_of(counts, rate);
  EXPECT_EQ((ObjectsAndBytes{all.live_objects, all.live_bytes}), unsampled({1, 16}, rate));
  EXPECT_EQ((ObjectsAndBytes{all.all_objects, all.all_bytes}), unsampled({2, 99}, rate));
}

}  // namespace
}  // namespace heaplaw::evidence
