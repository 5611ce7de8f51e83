// Changes of a history that must not matter, for metamorphic properties.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/random.h"
#include "vocabulary/trace.h"

namespace heaplaw::properties {

// Other names for all objects and goroutines: dense ones become sparse, up to 64 bits wide.
[[nodiscard]] Trace renamed(const Trace& trace, Random& random);

// Each run of drops, which nobody notices before the next collection, in another order.
[[nodiscard]] Trace drops_shuffled(const Trace& trace, Random& random);

struct Padded {
  Trace trace;
  std::vector<bool> is_original;  // operation by operation; the others were put in
};
// With operations in between that change nothing: another P for no time, the limit that is the
// limit already, a kernel that wants back what nobody has, or that refuses advice.
[[nodiscard]] Padded padded(const Trace& trace, Random& random);

}  // namespace heaplaw::properties
