// Whether a heap profile's estimate is what was allocated: pprof undoes the sampling of one era,
// and reads profiles of all.
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "evidence/profile_estimate.h"
#include "model/profile_sampler.h"
#include "properties/random.h"

namespace heaplaw {
namespace {

using model::ProfileSampler;
using properties::Random;

// What the estimate says of each allocated object, on average: 1 where it is unbiased.
// Formats, 1.2, says how far the eras are off.
double known_factor(const ProfileSampling& sampling, Bytes rate, Bytes size) {
  const double step = static_cast<double>(size.raw()) / static_cast<double>(rate.raw());
  return model::sampled_share(sampling, rate, size) / (1 - std::exp(-step));
}

struct Trial {
  ProfileSampling sampling;
  Bytes rate;
  Bytes size;
  std::uint64_t allocations = 0;
};

Trial any_trial(Random& random, const ProfileSampling& sampling) {
  const Bytes rate{std::uint64_t{1} << random.between(9, 19)};
  // From a hundredth of the rate to four times as much.
  const Bytes size{std::max<std::uint64_t>(8, rate.raw() * random.between(1, 400) / 100)};
  return {sampling, rate, size, 20'000};
}

// The estimate over the truth, for one process that allocates and keeps objects of one size.
double estimated_share(const Trial& trial, Random& random) {
  ProfileSampler sampler(trial.sampling, trial.rate, [&] { return random.next(); });
  std::int64_t samples = 0;
  for (std::uint64_t i = 0; i < trial.allocations; ++i) samples += sampler.samples(trial.size);
  const auto estimate =
      evidence::unsampled({samples, samples * static_cast<std::int64_t>(trial.size.raw())},
                          static_cast<std::int64_t>(trial.rate.raw()));
  return static_cast<double>(estimate.objects) / static_cast<double>(trial.allocations);
}

// Six standard deviations: of as many trials as this ever runs, none misses by chance.
double tolerance(const Trial& trial) {
  const double share = model::sampled_share(trial.sampling, trial.rate, trial.size);
  const double samples = share * static_cast<double>(trial.allocations);
  return 6 / std::sqrt(samples) + 2.0 / static_cast<double>(trial.rate.raw()) + 1e-3;
}

void expect_factor(const ProfileSampling& sampling) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Trial trial = any_trial(random, sampling);
  const double expected = known_factor(trial.sampling, trial.rate, trial.size);
  const double found = estimated_share(trial, random);
  RC_LOG() << trial.size.raw() << " bytes at rate " << trial.rate.raw() << ": found " << found
           << ", expected " << expected << '\n';
  RC_ASSERT(std::abs(found / expected - 1) <= tolerance(trial));
}

RC_GTEST_PROP(ProfileEstimates, AreUnbiasedSinceGo112, ()) {
  const ProfileSampling sampling = profile_sampling_of(Release{12});
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Trial trial = any_trial(random, sampling);
  RC_ASSERT(std::abs(known_factor(sampling, trial.rate, trial.size) - 1) < 1e-12);
  RC_ASSERT(std::abs(estimated_share(trial, random) - 1) <= tolerance(trial));
}

RC_GTEST_PROP(ProfileEstimates, OfLargeObjectsAreOffByTheKnownFactorUpToGo111, ()) {
  expect_factor(profile_sampling_of(Release{11}));
}

RC_GTEST_PROP(ProfileEstimates, AreOffByTheKnownFactorWithUniformDistances, ()) {
  expect_factor(profile_sampling_of(Release{5}));
}

TEST(ProfileEstimates, TheKnownFactorsAreThoseOfTheSpec) {
  const ProfileSampling old = profile_sampling_of(Release{11});
  const Bytes rate = model::default_profile_rate;
  EXPECT_NEAR(known_factor(old, rate, rate), 1.582, 0.0005);
  EXPECT_NEAR(known_factor(old, rate, rate * 2), 1.157, 0.0005);
  EXPECT_NEAR(known_factor(old, rate, rate / 2), 1, 1e-12);
  // Just below the rate uniform distances are off by 5.5 %, and small objects hardly.
  const ProfileSampling oldest = profile_sampling_of(Release{5});
  EXPECT_NEAR(known_factor(oldest, rate, rate - 1_B), 1.0546, 0.0005);
  EXPECT_NEAR(known_factor(oldest, rate, 1_KiB), 1, 0.001);
}

}  // namespace
}  // namespace heaplaw
