// Random numbers that are the same on every platform and in every standard library, since a seed in
// a bug report must mean the same history everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace heaplaw::properties {

// xoshiro256**, filled by splitmix64 from one word (Blackman and Vigna, public domain).
class Random {
 public:
  explicit Random(std::uint64_t seed);

  [[nodiscard]] std::uint64_t next();
  // Below the bound, which is not 0. Multiplies and takes the high half: its bias of 2^-64 * bound
  // is nothing to a fuzzer.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  // From first to last, both included.
  [[nodiscard]] std::uint64_t between(std::uint64_t first, std::uint64_t last) {
    return first + below(last - first + 1);
  }
  // True once in n times.
  [[nodiscard]] bool once_in(std::uint64_t n) { return below(n) == 0; }
  template <typename T, std::size_t count>
  [[nodiscard]] const T& pick(const T (&choices)[count]) {
    return choices[below(count)];
  }
  template <typename T>
  [[nodiscard]] const T& pick(std::span<T> choices) {
    return choices[below(choices.size())];
  }
  // An index, with the probability of its weight. The sum must not be 0.
  [[nodiscard]] std::size_t weighted(std::span<const std::uint64_t> weights);

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace heaplaw::properties
