#include "properties/interesting_sizes.h"

#include <algorithm>
#include <array>

namespace heaplaw::properties {

namespace {

constexpr std::uint64_t page = 8192;

// The size itself, mostly; else a neighbour. Never 0.
std::uint64_t around(Random& random, std::uint64_t size, std::uint64_t step = 1) {
  const std::uint64_t dice = random.below(5);
  if (dice == 0) return size + step;
  if (dice == 1 && size > step) return size - step;
  return std::max<std::uint64_t>(size, 1);
}

}  // namespace

std::uint64_t tiny_size(Random& random) { return random.between(1, 16); }

std::uint64_t small_size(Random& random) {
  if (random.once_in(4)) return around(random, 8 * random.between(1, 128));
  // The growth of classes to fill their spans rounds down to 128 bytes above 1 KiB.
  const std::uint64_t span = page * random.between(1, 10);
  const std::uint64_t objects = random.between(1, random.once_in(2) ? 8 : 64);
  const std::uint64_t part = span / objects;
  const std::uint64_t grid = part > 1024 ? 128 : 8;
  return std::min<std::uint64_t>(around(random, part / grid * grid), 32768);
}

std::uint64_t threshold_size(Random& random) {
  constexpr std::array<std::uint64_t, 8> thresholds = {16, 24, 512, 520, 1024, 32760, 32768, 32776};
  const std::uint64_t threshold = thresholds[random.below(thresholds.size())];
  const std::uint64_t step = random.once_in(2) ? 1 : 8;
  return around(random, threshold, step);
}

std::uint64_t paged_size(Random& random, std::uint64_t pages_max) {
  return around(random, page * random.between(1, pages_max));
}

std::uint64_t block_size(Random& random, std::uint64_t bytes_max) {
  constexpr std::array<std::uint64_t, 9> blocks = {15, 16, 63, 64, 65, 511, 512, 513, 8192};
  const std::uint64_t pages = around(random, blocks[random.below(blocks.size())]);
  return std::min(around(random, page * pages), std::max(bytes_max, page));
}

}  // namespace heaplaw::properties
