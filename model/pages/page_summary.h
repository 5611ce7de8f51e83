// What the radix tree knows of a stretch of pages, in one word (runtime/mpagealloc.go pallocSum).
#pragma once

#include <cstdint>
#include <span>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {

// The tree has five levels: an entry of the root covers 16 GiB, then an eighth at each step, down
// to a chunk. 14 + 4 * 3 + 22 bits are the 48 of an address.
inline constexpr unsigned summary_levels = 5;
inline constexpr unsigned root_bits = 14;
inline constexpr unsigned fan_out_bits = 3;
inline constexpr unsigned fan_out = 1u << fan_out_bits;

// The pages, as a power of two, that one entry of a level covers.
[[nodiscard]] constexpr unsigned level_pages_shift(unsigned level) {
  return chunk_pages_shift + fan_out_bits * (summary_levels - 1 - level);
}
inline constexpr unsigned most_pages_shift = level_pages_shift(0);
static_assert(root_bits + most_pages_shift + page_shift == address_bits);

// Free pages at the start, in the longest run, and at the end. Only a stretch wholly free at the
// root reaches 2^21, which 21 bits cannot hold: the top bit says it, and stands alone.
// All zeros: nothing free, which is also what unmapped space looks like.
class PageSummary {
 public:
  constexpr PageSummary() = default;
  constexpr PageSummary(unsigned start, unsigned max, unsigned end)
      : packed_(max == most ? wholly_free
                            : std::uint64_t{start} | std::uint64_t{max} << field_bits |
                                  std::uint64_t{end} << (2 * field_bits)) {}

  [[nodiscard]] constexpr unsigned start() const { return field(0); }
  [[nodiscard]] constexpr unsigned max() const { return field(1); }
  [[nodiscard]] constexpr unsigned end() const { return field(2); }
  [[nodiscard]] constexpr bool full() const { return packed_ == 0; }

  constexpr bool operator==(const PageSummary&) const = default;

 private:
  static constexpr unsigned field_bits = most_pages_shift;
  static constexpr unsigned most = 1u << most_pages_shift;
  static constexpr std::uint64_t wholly_free = std::uint64_t{1} << 63;

  [[nodiscard]] constexpr unsigned field(unsigned which) const {
    if (packed_ & wholly_free) return most;
    return static_cast<unsigned>(packed_ >> (which * field_bits)) & (most - 1);
  }

  std::uint64_t packed_ = 0;
};

// That of a single chunk, in half the room: there are many.
class ChunkSummary {
 public:
  constexpr ChunkSummary() = default;
  constexpr explicit ChunkSummary(PageSummary s)
      : packed_(s.start() | s.max() << field_bits | s.end() << (2 * field_bits)) {}

  [[nodiscard]] constexpr unsigned start() const { return field(0); }
  [[nodiscard]] constexpr unsigned max() const { return field(1); }
  [[nodiscard]] constexpr unsigned end() const { return field(2); }
  [[nodiscard]] constexpr bool full() const { return packed_ == 0; }

  constexpr bool operator==(const ChunkSummary&) const = default;

 private:
  static constexpr unsigned field_bits = chunk_pages_shift + 1;

  [[nodiscard]] constexpr unsigned field(unsigned which) const {
    return packed_ >> (which * field_bits) & ((1u << field_bits) - 1);
  }

  std::uint32_t packed_ = 0;
};

inline constexpr PageSummary free_chunk_summary{chunk_pages, chunk_pages, chunk_pages};

// The summary of adjoining stretches of 2^pages_shift pages each.
[[nodiscard]] PageSummary merge(std::span<const PageSummary> parts, unsigned pages_shift);
[[nodiscard]] PageSummary merge(std::span<const ChunkSummary> parts, unsigned pages_shift);

}  // namespace heaplaw::model
