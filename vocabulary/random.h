// A small generator that gives the same numbers on every platform, so that a printed seed is a
// reproduction. (splitmix64; the distributions of the standard library differ between libraries.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "vocabulary/check.h"

namespace heaplaw {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // 0 <= result < n. The bias of the remainder is below n / 2^64 and of no consequence here.
  std::uint64_t below(std::uint64_t n) {
    HEAPLAW_CHECK(n > 0, "there is no number below 0");
    return next() % n;
  }

  bool one_in(std::uint64_t n) { return below(n) == 0; }

  template <typename T, std::size_t count>
  const T& pick(const T (&choices)[count]) {
    return choices[below(count)];
  }
  template <typename T>
  const T& pick(std::span<T> choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace heaplaw
