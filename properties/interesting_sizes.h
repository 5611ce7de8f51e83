// Sizes at which allocators change their mind: around every class, every page and every threshold.
// Derived from the 8-byte grid and from fractions of spans, so that they hold for any release.
#pragma once

#include <cstdint>

#include "properties/random.h"

namespace heaplaw::properties {

// Below 16 bytes: shared blocks.
[[nodiscard]] std::uint64_t tiny_size(Random& random);
// Up to 32 KiB, at, just below or just above a class's size: a span's n-th part, on the grid.
[[nodiscard]] std::uint64_t small_size(Random& random);
// Around the thresholds of classes, headers and large objects: 512, 1024, 32760, 32768.
[[nodiscard]] std::uint64_t threshold_size(Random& random);
// Whole pages, one byte more or less, up to so many.
[[nodiscard]] std::uint64_t paged_size(Random& random, std::uint64_t pages_max);
// Around page caches, chunks and arenas: 15, 16, 64, 512 and 8192 pages, up to so many bytes.
[[nodiscard]] std::uint64_t block_size(Random& random, std::uint64_t bytes_max);

}  // namespace heaplaw::properties
