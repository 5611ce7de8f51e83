#include "vocabulary/profile_sampling.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

using Distance = ProfileSampling::Distance;

TEST(ProfileSampling, EachEraBeginsWithItsRelease) {
  const ProfileSampling oldest{.distance = Distance::uniform, .large_always = true};
  const ProfileSampling middle{.distance = Distance::exponential, .large_always = true};
  const ProfileSampling newest{.distance = Distance::exponential, .large_always = false};
  EXPECT_EQ(profile_sampling_of(Release{0}), oldest);
  EXPECT_EQ(profile_sampling_of(Release(5, 4)), oldest);
  EXPECT_EQ(profile_sampling_of(Release{6}), middle);
  EXPECT_EQ(profile_sampling_of(Release(11, 13)), middle);
  EXPECT_EQ(profile_sampling_of(Release{12}), newest);
  EXPECT_EQ(profile_sampling_of(Release(26, 8)), newest);
}

}  // namespace
}  // namespace heaplaw
