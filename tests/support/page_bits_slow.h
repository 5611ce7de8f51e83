// The tricks of model/pages/page_bits.h, one bit at a time: what tests and fuzz targets compare
// them with.
#pragma once

#include <algorithm>
#include <cstdint>

#include "model/pages/page_bits.h"

namespace heaplaw::model {

inline unsigned lowest_run_of_ones_slow(std::uint64_t word, unsigned n) {
  unsigned run = 0;
  for (unsigned i = 0; i < 64; ++i) {
    run = word >> i & 1 ? run + 1 : 0;
    if (run == n) return i + 1 - n;
  }
  return 64;
}

inline unsigned longest_run_of_zeros_slow(std::uint64_t word) {
  unsigned longest = 0;
  unsigned run = 0;
  for (unsigned i = 0; i < 64; ++i) {
    run = word >> i & 1 ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

inline std::uint64_t fill_aligned_slow(std::uint64_t word, unsigned m) {
  std::uint64_t filled = 0;
  for (unsigned i = 0; i < 64; ++i) {
    for (unsigned j = i / m * m; j < i / m * m + m; ++j) {
      if (word >> j & 1) filled |= std::uint64_t{1} << i;
    }
  }
  return filled;
}

inline PageSummary summarise_slow(const PageBits& bits) {
  unsigned start = 0;
  while (start < chunk_pages && !bits.test(start)) ++start;
  unsigned max = 0;
  unsigned run = 0;
  for (unsigned i = 0; i < chunk_pages; ++i) {
    run = bits.test(i) ? 0 : run + 1;
    max = std::max(max, run);
  }
  return {start, max, run};
}

inline PageSearch find_zeros_slow(const PageBits& bits, unsigned n, unsigned from) {
  PageSearch found;
  unsigned run = 0;
  for (unsigned i = from; i < chunk_pages && found.page == chunk_pages; ++i) {
    run = bits.test(i) ? 0 : run + 1;
    if (run == 1) found.first_free = std::min(found.first_free, i);
    if (run == n) found.page = i + 1 - n;
  }
  return found;
}

inline unsigned run_at_slow(const PageBits& bits, unsigned page) {
  unsigned n = 0;
  while (page + n < chunk_pages && bits.test(page + n) == bits.test(page)) ++n;
  return n;
}

inline unsigned count_slow(const PageBits& bits, unsigned page, unsigned n) {
  unsigned total = 0;
  for (unsigned i = page; i < page + n; ++i) total += bits.test(i);
  return total;
}

}  // namespace heaplaw::model
