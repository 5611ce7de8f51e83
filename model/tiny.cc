#include "model/tiny.h"

namespace heaplaw::model {

Bytes tiny_align(Bytes size, Architecture architecture, const ReleaseFacts& facts) {
  if (size % 8_B == 0_B) return 8_B;
  if (size == 12_B && facts.tiny_aligns_12_to_8 && architecture == Architecture::bits32) return 8_B;
  if (size % 4_B == 0_B) return 4_B;
  if (size % 2_B == 0_B) return 2_B;
  return 1_B;
}

std::optional<Address> TinyAllocator::try_place(Bytes size) {
  if (!block_) return std::nullopt;
  const Bytes offset = align_up(used_, tiny_align(size, architecture_, facts_));
  if (offset + size > tiny_block) return std::nullopt;
  used_ = offset + size;
  return *block_ + offset;
}

Address TinyAllocator::place_in(Address block, Bytes size) {
  if (facts_.tiny == TinyRule::keep && (!block_ || size < used_)) {
    block_ = block;
    used_ = size;
  }
  return block;
}

}  // namespace heaplaw::model
