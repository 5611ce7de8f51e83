// Which allocations get into a heap profile, by era (formats, 1.2).
#pragma once

#include <cstdint>

#include "vocabulary/release.h"

namespace heaplaw {

// Each allocation that reaches the next sampling point, at a random distance from the one before
// whose mean is MemProfileRate.
struct ProfileSampling {
  enum class Distance : std::uint8_t { uniform, exponential };
  Distance distance = Distance::exponential;
  bool large_always = false;  // objects not smaller than the rate, whatever the distance

  bool operator==(const ProfileSampling&) const = default;
};

[[nodiscard]] ProfileSampling profile_sampling_of(const Release& release);

}  // namespace heaplaw
