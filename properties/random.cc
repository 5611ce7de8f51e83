#include "properties/random.h"

#include <numeric>

#include "vocabulary/check.h"

namespace heaplaw::properties {

__extension__ using Wide = unsigned __int128;

namespace {

// All arithmetic is modulo 2^64 on purpose.
#if defined(__clang__)
__attribute__((no_sanitize("unsigned-integer-overflow", "unsigned-shift-base")))
#endif
std::uint64_t
splitmix(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = splitmix(seed);
}

#if defined(__clang__)
__attribute__((no_sanitize("unsigned-integer-overflow", "unsigned-shift-base")))
#endif
std::uint64_t
Random::next() {
  const std::uint64_t fivefold = state_[1] * 5;
  const std::uint64_t result = (fivefold << 7U | fivefold >> 57U) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = state_[3] << 45U | state_[3] >> 19U;
  return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
  HEAPLAW_CHECK(bound != 0, "no number is below 0");
  return static_cast<std::uint64_t>(Wide{next()} * bound >> 64U);
}

std::size_t Random::weighted(std::span<const std::uint64_t> weights) {
  std::uint64_t left = below(std::accumulate(weights.begin(), weights.end(), std::uint64_t{0}));
  std::size_t index = 0;
  while (left >= weights[index]) left -= weights[index++];
  return index;
}

}  // namespace heaplaw::properties
