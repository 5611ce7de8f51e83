// The measures of the page heap since Go 1.14, and how addresses fall apart into chunks and pages
// (runtime/mpagealloc.go, malloc.go; SC spec, section 1). Page and chunk numbers are raw integers:
// they never leave model/pages.
#pragma once

#include <cstdint>

#include "vocabulary/units.h"

namespace heaplaw::model {

inline constexpr unsigned page_shift = 13;
inline constexpr Bytes page_size{std::uint64_t{1} << page_shift};

// A chunk is what one bitmap covers, and the unit of growth.
inline constexpr unsigned chunk_pages_shift = 9;
inline constexpr unsigned chunk_pages = 1u << chunk_pages_shift;
inline constexpr unsigned chunk_shift = page_shift + chunk_pages_shift;
inline constexpr Bytes chunk_size{std::uint64_t{1} << chunk_shift};

// What a P takes from the heap at once: one aligned word of a bitmap.
inline constexpr unsigned cache_pages = 64;

inline constexpr Bytes arena_size = 64_MiB;

// What the summaries can describe; the kernel gives a program only the lower half.
inline constexpr unsigned address_bits = 48;
inline constexpr Address user_space_end{std::uint64_t{1} << 47};

[[nodiscard]] constexpr std::uint64_t chunk_of(std::uint64_t address) {
  return address >> chunk_shift;
}
[[nodiscard]] constexpr unsigned page_in_chunk(std::uint64_t address) {
  return static_cast<unsigned>(address >> page_shift) & (chunk_pages - 1);
}
[[nodiscard]] constexpr std::uint64_t chunk_base(std::uint64_t chunk) {
  return chunk << chunk_shift;
}
[[nodiscard]] constexpr std::uint64_t page_address(std::uint64_t chunk, unsigned page) {
  return chunk_base(chunk) + (std::uint64_t{page} << page_shift);
}

}  // namespace heaplaw::model
