// Where the scavenger looks next, and how much it wants to find something.
#pragma once

#include <cstdint>

namespace heaplaw::model {

struct ScavengePosition {
  std::uint64_t chunk = 0;
  unsigned page = 0;  // where the cursor stands in the chunk

  bool operator==(const ScavengePosition&) const = default;
};

// Forced: for a memory limit or for debug.FreeOSMemory. The other kind makes room for growth.
enum class ScavengeUrgency : std::uint8_t { background, forced };

}  // namespace heaplaw::model
