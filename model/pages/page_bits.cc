#include "model/pages/page_bits.h"

#include <algorithm>
#include <bit>

namespace heaplaw::model {

namespace {

constexpr unsigned words = chunk_pages / 64;

// n ones from bit `from` on, within a word; n may be 64.
constexpr std::uint64_t ones(unsigned from, unsigned n) {
  return (n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1) << from;
}

// Calls back with the index and the mask of every word that [page, page + n) touches.
template <typename Callback>
void for_words(unsigned page, unsigned n, Callback callback) {
  while (n > 0) {
    const unsigned here = std::min(n, 64 - page % 64);
    callback(page / 64, ones(page % 64, here));
    page += here;
    n -= here;
  }
}

// Each one survives only if the n - 1 places above it are ones too. Doubling: after a step that
// shifted by s, a one speaks for s more places, so log2(n) steps are enough.
std::uint64_t starts_of_runs(std::uint64_t word, unsigned n) {
  unsigned covered = 1;
  while (covered < n && word != 0) {
    const unsigned step = std::min(covered, n - covered);
    word &= word >> step;
    covered += step;
  }
  return word;
}

}  // namespace

unsigned lowest_run_of_ones(std::uint64_t word, unsigned n) {
  return static_cast<unsigned>(std::countr_zero(starts_of_runs(word, n)));
}

unsigned longest_run_of_zeros(std::uint64_t word) {
  std::uint64_t free = ~word;
  if (free == 0) return 0;
  // Gallop: double the length while some run is that long; each one left speaks for `length`.
  unsigned length = 1;
  while (length < 64 && (free & free >> length) != 0) {
    free &= free >> length;
    length *= 2;
  }
  // The longest run is shorter than twice that: add what is missing, halving the steps.
  for (unsigned step = length / 2; step > 0; step /= 2) {
    if ((free & free >> step) == 0) continue;
    free &= free >> step;
    length += step;
  }
  return length;
}

std::uint64_t fill_aligned(std::uint64_t word, unsigned m) {
  // Fold each group onto its lowest bit, then multiply that bit into m ones: no carry can leave a
  // group.
  for (unsigned step = 1; step < m; step *= 2) word |= word >> step;
  const std::uint64_t group = m == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << m) - 1;
  const std::uint64_t lowest_of_each = ~std::uint64_t{0} / group;
  return (word & lowest_of_each) * group;
}

void PageBits::set_range(unsigned page, unsigned n) {
  for_words(page, n, [&](unsigned i, std::uint64_t mask) { words_[i] |= mask; });
}

void PageBits::clear_range(unsigned page, unsigned n) {
  for_words(page, n, [&](unsigned i, std::uint64_t mask) { words_[i] &= ~mask; });
}

unsigned PageBits::count(unsigned page, unsigned n) const {
  int total = 0;
  // Often nothing is set: without the processor's own instruction, asking first is cheaper.
  for_words(page, n, [&](unsigned i, std::uint64_t mask) {
    if (const std::uint64_t set = words_[i] & mask; set != 0) total += std::popcount(set);
  });
  return static_cast<unsigned>(total);
}

unsigned PageBits::run_at(unsigned page) const {
  const std::uint64_t same = test(page) ? ~std::uint64_t{0} : 0;
  unsigned end = page;
  do {
    const std::uint64_t others = (words_[end / 64] ^ same) >> (end % 64);
    const unsigned left = 64 - end % 64;
    const auto run = std::min(left, static_cast<unsigned>(std::countr_zero(others)));
    end += run;
    if (run < left) break;
  } while (end < chunk_pages);
  return end - page;
}

PageSummary PageBits::summarise() const {
  constexpr unsigned unset = ~0u;
  unsigned start = unset;
  unsigned max = 0;
  unsigned open = 0;  // zeros just below the word
  for (const std::uint64_t word : words_) {
    if (word == 0) {
      open += 64;
      continue;
    }
    open += static_cast<unsigned>(std::countr_zero(word));
    if (start == unset) start = open;
    max = std::max(max, open);
    open = static_cast<unsigned>(std::countl_zero(word));
  }
  if (start == unset) return free_chunk_summary;
  max = std::max(max, open);
  // Runs that touch the edge of a word are counted. A run inside one has ones on both sides, so
  // it is at most 62 long: words matter only while the longest run so far is shorter than that.
  for (const std::uint64_t word : words_) {
    if (max >= 62) break;
    // Without a run of max + 1 zeros, nothing to measure.
    if (starts_of_runs(~word, max + 1) != 0) max = longest_run_of_zeros(word);
  }
  return {start, max, open};
}

PageSearch PageBits::find_zeros(unsigned n, unsigned from) const {
  PageSearch found;
  unsigned open = 0;  // zeros just below the word
  for (unsigned i = from / 64; i < words; ++i) {
    std::uint64_t word = words_[i];
    if (i == from / 64) word |= ones(0, from % 64);
    if (word == ~std::uint64_t{0}) {
      open = 0;
      continue;
    }
    const unsigned low = static_cast<unsigned>(std::countr_one(word));
    if (found.first_free == chunk_pages) found.first_free = i * 64 + low;
    const unsigned bottom = static_cast<unsigned>(std::countr_zero(word));
    if (open + bottom >= n) {
      found.page = i * 64 - open;
      return found;
    }
    if (n <= 64) {
      const unsigned inside = lowest_run_of_ones(~word, n);
      if (inside < 64) {
        found.page = i * 64 + inside;
        return found;
      }
    }
    open = word == 0 ? open + 64 : static_cast<unsigned>(std::countl_zero(word));
  }
  return found;
}

}  // namespace heaplaw::model
