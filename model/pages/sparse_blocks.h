// An array over a large index space of which only stretches are used: blocks made on demand, from
// the lowest that was ever wanted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/pages/boxed.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

template <typename Block>
class SparseBlocks {
 public:
  // Made of zeros where it was never wanted before.
  Block& at(std::uint64_t index) {
    if (!covers(index)) widen_to(index);
    Boxed<Block>& block = blocks_[index - first_];
    if (!block) block = Boxed<Block>(std::make_unique<Block>());
    return *block;
  }
  // The block must be there.
  [[nodiscard]] Block& operator[](std::uint64_t index) const { return *blocks_[index - first_]; }
  // Null where it was never wanted.
  [[nodiscard]] Block* find(std::uint64_t index) const {
    return covers(index) ? blocks_[index - first_].get() : nullptr;
  }
  // All that exist have an index in [first, end).
  [[nodiscard]] std::uint64_t first() const { return first_; }
  [[nodiscard]] std::uint64_t end() const { return first_ + blocks_.size(); }

  // What it has allocated, and what its blocks say of themselves.
  [[nodiscard]] Bytes metadata() const {
    Bytes sum{blocks_.capacity() * sizeof(Boxed<Block>)};
    for (const auto& block : blocks_) {
      if (block) sum += Bytes{sizeof(Block)} + block->metadata();
    }
    return sum;
  }

 private:
  [[nodiscard]] bool covers(std::uint64_t index) const { return index >= first_ && index < end(); }
  void widen_to(std::uint64_t index) {
    if (blocks_.empty()) first_ = index;
    if (index < first_) {
      std::vector<Boxed<Block>> wider(first_ - index + blocks_.size());
      std::ranges::move(blocks_, wider.end() - static_cast<std::ptrdiff_t>(blocks_.size()));
      blocks_ = std::move(wider);
      first_ = index;
    }
    if (index - first_ >= blocks_.size()) blocks_.resize(index - first_ + 1);
  }

  std::vector<Boxed<Block>> blocks_;
  std::uint64_t first_ = 0;
};

}  // namespace heaplaw::model
