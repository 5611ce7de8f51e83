// The tiny allocator: pointer-free objects below 16 bytes share blocks of the second class
// (runtime/malloc.go; SC spec, section 11). Race-detector builds are not modelled.
#pragma once

#include <array>
#include <cstdint>
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
      : keeps_blocks_(facts.tiny == TinyRule::keep) {
    for (std::uint64_t size = 1; size < tiny_block.raw(); ++size) {
      align_mask_[size] =
          static_cast<std::uint8_t>(tiny_align(Bytes{size}, architecture, facts).raw() - 1);
    }
  }

  // The address inside the current block, or nothing where a new block is needed.
  [[nodiscard]] std::optional<Address> try_place(Bytes size) {
    if (!has_block_) return std::nullopt;
    const std::uint64_t mask = align_mask_[size.raw()];
    const std::uint64_t offset = (used_ + mask) & ~mask;
    if (offset + size.raw() > tiny_block.raw()) return std::nullopt;
    used_ = offset + size.raw();
    return Address{block_ + offset};
  }
  // Puts the object at the start of a new block, and keeps whichever block has more room left. True
  // where that is the new one.
  bool place_in(Address block, Bytes size) {
    if (!keeps_blocks_ || (has_block_ && size.raw() >= used_)) return false;
    block_ = block.raw();
    used_ = size.raw();
    return has_block_ = true;
  }
  // Garbage collection and cache flushes forget the block.
  void forget() { has_block_ = false; }
  [[nodiscard]] std::optional<Address> block() const {
    return has_block_ ? std::optional{Address{block_}} : std::nullopt;
  }

 private:
  bool keeps_blocks_;
  bool has_block_ = false;
  std::array<std::uint8_t, 16> align_mask_{};  // by size: alignment - 1
  std::uint64_t block_ = 0;
  std::uint64_t used_ = 0;  // of the current block
};

}  // namespace heaplaw::model
