// All spans of one class that no P caches: those with free slots and those without, swept in this
// cycle or not (runtime/mcentral.go; SP-14).
#pragma once

#include <array>
#include <cstdint>

#include "model/spans/span_set.h"

namespace heaplaw::model {

// A set, and the length of the table of blocks that Go has for it (see OffHeapBooks).
struct CountedSpanSet {
  SpanSet spans;
  std::uint64_t spine = 0;
};

// When the heap's generation advances by 2, swept sets become unswept ones and the other way round.
class CentralList {
 public:
  [[nodiscard]] CountedSpanSet& partial_swept(std::uint32_t generation) {
    return partial_[generation / 2 % 2];
  }
  [[nodiscard]] CountedSpanSet& partial_unswept(std::uint32_t generation) {
    return partial_[1 - generation / 2 % 2];
  }
  [[nodiscard]] CountedSpanSet& full_swept(std::uint32_t generation) {
    return full_[generation / 2 % 2];
  }
  [[nodiscard]] CountedSpanSet& full_unswept(std::uint32_t generation) {
    return full_[1 - generation / 2 % 2];
  }

 private:
  std::array<CountedSpanSet, 2> partial_;
  std::array<CountedSpanSet, 2> full_;
};

}  // namespace heaplaw::model
