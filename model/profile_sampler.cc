#include "model/profile_sampler.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heaplaw::model {

namespace {
using Distance = ProfileSampling::Distance;
}

ProfileSampler::ProfileSampler(const ProfileSampling& sampling, Bytes rate, RandomBits random)
    : sampling_(sampling), rate_(rate.raw()), random_(std::move(random)), left_(next_distance()) {}

bool ProfileSampler::samples(Bytes size) {
  if (rate_ <= 1) return rate_ == 1;
  const bool passed_over = size.raw() < left_ && !(sampling_.large_always && size.raw() >= rate_);
  if (passed_over) {
    left_ -= size.raw();
    return false;
  }
  // What the object reaches beyond the sampling point is forgotten.
  left_ = next_distance();
  return true;
}

std::uint64_t ProfileSampler::next_distance() {
  if (rate_ <= 1) return 0;
  if (sampling_.distance == Distance::uniform) return random_() % (2 * rate_);
  const double unit = std::ldexp(static_cast<double>((random_() >> 11U) + 1), -53);
  return static_cast<std::uint64_t>(-std::log(unit) * static_cast<double>(rate_));
}

// One in as many as it takes on average to reach the next sampling point.
double sampled_share(const ProfileSampling& sampling, Bytes rate, Bytes size) {
  if (rate.raw() <= 1) return rate.raw() == 1 ? 1 : 0;
  if (sampling.large_always && size >= rate) return 1;
  const double step = static_cast<double>(size.raw()) / static_cast<double>(rate.raw());
  if (sampling.distance == Distance::exponential) return 1 - std::exp(-step);
  // The chance that k objects have not reached it falls by step/2 each.
  double objects = 0;
  for (double far = 1; far > 0; far -= step / 2) objects += far;
  return 1 / objects;
}

}  // namespace heaplaw::model
