#include "model/profile_sampler.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using Distance = ProfileSampling::Distance;

// The same bits each time, so that a distance is known.
ProfileSampler::RandomBits always(std::uint64_t bits) {
  return [bits] { return bits; };
}

TEST(ProfileSampler, RecordsWhatReachesTheSamplingPoint) {
  // 250 of 2 * 500: the third 100 reaches it.
  ProfileSampler sampler({.distance = Distance::uniform}, 500_B, always(250));
  std::string taken;
  for (int i = 0; i < 7; ++i) taken += sampler.samples(100_B) ? 'x' : '.';
  EXPECT_EQ(taken, "..x..x.");
}

TEST(ProfileSampler, LargeObjectsWereAlwaysRecordedUpToGo111) {
  const auto last = ~std::uint64_t{0} / 1000 * 1000 + 999 - 1000;  // 999 modulo 1000
  ProfileSampler old({.distance = Distance::uniform, .large_always = true}, 500_B, always(last));
  EXPECT_FALSE(old.samples(499_B));
  EXPECT_TRUE(old.samples(500_B));
  ProfileSampler now({.distance = Distance::uniform, .large_always = false}, 500_B, always(last));
  EXPECT_FALSE(now.samples(500_B));
}

TEST(ProfileSampler, ARateOfOneRecordsAllAndOfNoneNothing) {
  ProfileSampler all({}, 1_B, always(0));
  ProfileSampler none({}, 0_B, always(0));
  EXPECT_TRUE(all.samples(8_B));
  EXPECT_FALSE(none.samples(1_MiB));
}

// ln 2 of the mean, where half of the distances are shorter.
TEST(ProfileSampler, DistancesFollowTheExponentialDistribution) {
  ProfileSampler sampler({}, 1'000'000_B, always(std::uint64_t{1} << 63U));
  EXPECT_FALSE(sampler.samples(693'000_B));
  EXPECT_TRUE(sampler.samples(148_B));
}

TEST(ProfileSampler, TheSharesOfTheErasDiffer) {
  const auto share = [](unsigned minor, Bytes size) {
    return sampled_share(profile_sampling_of(Release{minor}), default_profile_rate, size);
  };
  EXPECT_NEAR(share(12, 512_KiB), 0.632121, 1e-6);
  EXPECT_EQ(share(11, 512_KiB), 1);
  EXPECT_NEAR(share(11, 256_KiB), 0.393469, 1e-6);
  EXPECT_EQ(share(5, 256_KiB), 0.4);  // one in 1 + 3/4 + 1/2 + 1/4
  EXPECT_EQ(sampled_share({}, 1_B, 8_B), 1);
  EXPECT_EQ(sampled_share({}, 0_B, 8_B), 0);
}

}  // namespace
}  // namespace heaplaw::model
