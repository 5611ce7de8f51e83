// Which allocations Go's heap profiler records, by era (formats, 1.2; runtime/malloc.go
// profilealloc, nextSample).
#pragma once

#include <cstdint>
#include <functional>

#include "vocabulary/profile_sampling.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

inline constexpr Bytes default_profile_rate{512 * 1024};  // runtime.MemProfileRate

// The sampler of one P.
class ProfileSampler {
 public:
  // 64 random bits a call.
  using RandomBits = std::function<std::uint64_t()>;

  // A rate of 0 samples nothing, of 1 everything.
  ProfileSampler(const ProfileSampling& sampling, Bytes rate, RandomBits random);

  // Whether an allocation of so many bytes, as a slot has them, is recorded.
  [[nodiscard]] bool samples(Bytes size);

 private:
  [[nodiscard]] std::uint64_t next_distance();

  ProfileSampling sampling_;
  std::uint64_t rate_;
  RandomBits random_;
  std::uint64_t left_;  // bytes to the next sampling point
};

// How many of many allocations of one size are recorded, as a share of them.
[[nodiscard]] double sampled_share(const ProfileSampling& sampling, Bytes rate, Bytes size);

}  // namespace heaplaw::model
