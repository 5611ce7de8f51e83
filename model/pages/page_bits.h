// One bit a page for a chunk of 512 pages, and the word tricks that search them (runtime/
// mpallocbits.go, mgcscavenge.go fillAligned). Each trick has a slow twin in tests and fuzz
// targets.
#pragma once

#include <array>
#include <cstdint>

#include "model/pages/page_geometry.h"
#include "model/pages/page_summary.h"

namespace heaplaw::model {

// The lowest position at which n (1 to 64) ones stand together; 64 where there is none.
[[nodiscard]] unsigned lowest_run_of_ones(std::uint64_t word, unsigned n);

// The length of the longest run of zeros.
[[nodiscard]] unsigned longest_run_of_zeros(std::uint64_t word);

// Every aligned group of m bits that holds a one becomes all ones; m is a power of two up to 64.
[[nodiscard]] std::uint64_t fill_aligned(std::uint64_t word, unsigned m);

// What a search of one chunk found; chunk_pages stands for nothing.
struct PageSearch {
  unsigned page = chunk_pages;        // first of the run
  unsigned first_free = chunk_pages;  // lowest zero seen on the way, whether or not it fits
};

class alignas(64) PageBits {
 public:
  [[nodiscard]] static constexpr PageBits all_ones() {
    PageBits bits;
    bits.words_.fill(~std::uint64_t{0});
    return bits;
  }
  [[nodiscard]] bool test(unsigned page) const { return words_[page / 64] >> (page % 64) & 1; }
  [[nodiscard]] std::uint64_t word(unsigned index) const { return words_[index]; }

  void set(unsigned page) { words_[page / 64] |= std::uint64_t{1} << (page % 64); }
  void clear(unsigned page) { words_[page / 64] &= ~(std::uint64_t{1} << (page % 64)); }
  void set_in_word(unsigned index, std::uint64_t mask) { words_[index] |= mask; }
  void clear_in_word(unsigned index, std::uint64_t mask) { words_[index] &= ~mask; }
  void set_range(unsigned page, unsigned n);
  void clear_range(unsigned page, unsigned n);
  [[nodiscard]] unsigned count(unsigned page, unsigned n) const;
  // How many pages from this one on have the same bit.
  [[nodiscard]] unsigned run_at(unsigned page) const;

  // Zeros are what counts: free pages at the start, the longest run, free pages at the end.
  [[nodiscard]] PageSummary summarise() const;
  // The lowest run of n (1 to 512) zeros at or above `from`.
  [[nodiscard]] PageSearch find_zeros(unsigned n, unsigned from) const;

  bool operator==(const PageBits&) const = default;

 private:
  std::array<std::uint64_t, chunk_pages / 64> words_{};
};

}  // namespace heaplaw::model
