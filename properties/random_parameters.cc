#include "properties/random_parameters.h"

namespace heaplaw::properties {

namespace {

constexpr Bytes page_sizes[] = {4_KiB, 8_KiB, 8_KiB, 16_KiB, 32_KiB, 64_KiB, 1_KiB, 256_B};
constexpr Bytes max_small_sizes[] = {32_KiB, 32_KiB, 16_KiB,  8_KiB,
                                     4096_B, 2048_B, 24576_B, 61440_B};
constexpr Bytes splits[] = {1024_B, 1024_B, 512_B, 2048_B, 256_B, 128_B, 4096_B};
constexpr Bytes fine_steps[] = {8_B, 8_B, 16_B, 32_B};
constexpr Bytes coarse_steps[] = {128_B, 128_B, 64_B, 256_B, 16_B};
constexpr Bytes aligns[] = {8_B, 8_B, 16_B};
constexpr Bytes steps16[] = {16_B, 32_B, 64_B, 128_B};

// One in so many values is taken from everywhere instead of from the lists.
constexpr std::uint64_t odd_one_in = 40;

template <std::size_t count>
Bytes value(Random& random, const Bytes (&usual)[count]) {
  if (random.once_in(odd_one_in)) return Bytes{random.below(std::uint64_t{1} << 17)};
  return random.pick(usual);
}

}  // namespace

SizeClassParameters random_parameters(Random& random) {
  SizeClassParameters p;
  p.page_size = value(random, page_sizes);
  p.max_small_size = value(random, max_small_sizes);
  p.small_size_max = value(random, splits);
  p.small_size_div = value(random, fine_steps);
  p.large_size_div = value(random, coarse_steps);
  p.min_heap_align = value(random, aligns);
  p.step16_from = value(random, steps16);
  p.grow_to_fill = !random.once_in(3);
  return p;
}

}  // namespace heaplaw::properties
