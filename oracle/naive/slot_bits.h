// One bit for each slot of a span. Most spans have few slots, so that only words in which a bit was
// ever set are looked at.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "oracle/naive/constants.h"

namespace heaplaw::oracle::naive {

class SlotBits {
 public:
  SlotBits() = default;
  SlotBits(const SlotBits& other) { *this = other; }
  SlotBits& operator=(const SlotBits& other) {
    for (std::size_t i = 0; i < std::max(used_, other.used_); ++i) words_[i] = other.words_[i];
    used_ = other.used_;
    return *this;
  }
  ~SlotBits() = default;

  void set(std::size_t slot) {
    words_[slot / 64] |= std::uint64_t{1} << slot % 64;
    used_ = std::max(used_, slot / 64 + 1);
  }
  void clear() {
    for (std::size_t i = 0; i < used_; ++i) words_[i] = 0;
    used_ = 0;
  }
  [[nodiscard]] bool operator[](std::size_t slot) const {
    return (words_[slot / 64] >> slot % 64 & 1) != 0;
  }
  // The first slot from this one on that is not set; slots_max if all are.
  [[nodiscard]] unsigned first_clear(unsigned from) const {
    if (from >= slots_max) return slots_max;
    const std::uint64_t below = (std::uint64_t{1} << from % 64) - 1;
    for (unsigned i = from / 64; i < words_.size(); ++i) {
      const std::uint64_t set = i == from / 64 ? words_[i] | below : words_[i];
      if (~set != 0) return 64 * i + static_cast<unsigned>(std::countr_one(set));
    }
    return slots_max;
  }
  [[nodiscard]] unsigned count() const {
    unsigned bits = 0;
    for (std::size_t i = 0; i < used_; ++i) bits += static_cast<unsigned>(std::popcount(words_[i]));
    return bits;
  }
  [[nodiscard]] bool none() const {
    for (std::size_t i = 0; i < used_; ++i) {
      if (words_[i] != 0) return false;
    }
    return true;
  }
  // Whether all bits of the other are set here, too.
  [[nodiscard]] bool contains(const SlotBits& other) const {
    for (std::size_t i = 0; i < other.used_; ++i) {
      if ((other.words_[i] & ~words_[i]) != 0) return false;
    }
    return true;
  }

 private:
  std::array<std::uint64_t, slots_max / 64> words_{};
  std::size_t used_ = 0;
};

}  // namespace heaplaw::oracle::naive
