// What a heap profile says was allocated, of which it holds samples only (formats, 1.2).
#pragma once

#include <cstdint>

#include "vocabulary/profile_counts.h"

namespace heaplaw::evidence {

struct ObjectsAndBytes {
  std::int64_t objects = 0;
  std::int64_t bytes = 0;

  bool operator==(const ObjectsAndBytes&) const = default;
};

// The estimate that pprof makes of one record's samples: as if an object of size s was sampled with
// probability 1 - exp(-s/rate), which is so since Go 1.12. Scaling sums of records is wrong.
[[nodiscard]] ObjectsAndBytes unsampled(const ObjectsAndBytes& samples, std::int64_t rate);

// A record's two pairs, each by itself.
[[nodiscard]] ProfileCounts estimate_of(const ProfileCounts& samples, std::int64_t rate);

}  // namespace heaplaw::evidence
