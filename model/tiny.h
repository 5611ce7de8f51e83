// The tiny allocator: pointer-free objects below 16 bytes share blocks of the second class
// (runtime/malloc.go; SC spec, section 11). Race-detector builds are not modelled.
#pragma once

#include <optional>

#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

inline constexpr Bytes tiny_block{16};

// The alignment that a tiny object of this size gets, from its size alone.
[[nodiscard]] Bytes tiny_align(Bytes size, Architecture architecture, const ReleaseFacts& facts);

// One P's current block, as a state machine: the caller supplies a block when asked to.
class TinyAllocator {
 public:
  TinyAllocator(const ReleaseFacts& facts, Architecture architecture)
      : facts_(facts), architecture_(architecture) {}

  // The address inside the current block, or nothing where a new block is needed.
  [[nodiscard]] std::optional<Address> try_place(Bytes size);
  // Puts the object at the start of a new block, and keeps whichever block has more room left.
  Address place_in(Address block, Bytes size);
  // Garbage collection and cache flushes forget the block.
  void forget() { block_.reset(); }
  [[nodiscard]] std::optional<Address> block() const { return block_; }

 private:
  ReleaseFacts facts_;
  Architecture architecture_;
  std::optional<Address> block_;
  Bytes used_;  // of the current block
};

}  // namespace heaplaw::model
