// The four figures of a heap profile's header and of each of its records.
#pragma once

#include <cstdint>

namespace heaplaw {

// Sampled, never scaled. Negative where counters of 32 bits wrapped.
struct ProfileCounts {
  std::int64_t live_objects = 0;
  std::int64_t live_bytes = 0;
  std::int64_t all_objects = 0;  // freed ones included
  std::int64_t all_bytes = 0;

  bool operator==(const ProfileCounts&) const = default;
};

}  // namespace heaplaw
