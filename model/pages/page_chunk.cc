#include "model/pages/page_chunk.h"

#include <algorithm>
#include <bit>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// The pages that cannot be released, widened to groups of `min`.
std::uint64_t taken(const PageChunk& chunk, unsigned word, unsigned min) {
  return fill_aligned(chunk.allocated.word(word) | chunk.scavenged.word(word), min);
}

// The highest run of zeros that ends in the word or below it.
ChunkRun highest_run(const PageChunk& chunk, unsigned top_word, unsigned min) {
  for (unsigned left = top_word + 1; left > 0; --left) {
    const unsigned i = left - 1;
    const std::uint64_t word = taken(chunk, i, min);
    if (word == ~std::uint64_t{0}) continue;
    const auto above = static_cast<unsigned>(std::countl_one(word));
    const unsigned end = i * 64 + (64 - above);
    // The ones above are taken off, so that the next ones are those below the run.
    const std::uint64_t below_them = word & (~std::uint64_t{0} >> above);
    unsigned run = static_cast<unsigned>(std::countl_zero(below_them)) - above;
    for (unsigned below = i; below > 0 && run == end - below * 64; --below) {
      run += static_cast<unsigned>(std::countl_zero(taken(chunk, below - 1, min)));
    }
    return {end - run, run};
  }
  return {};
}

}  // namespace

ChunkRun PageChunk::find_scavenge_candidate(unsigned search_page, unsigned min, std::uint64_t max,
                                            unsigned huge_pages) const {
  HEAPLAW_CHECK(is_power_of_two(min) && min <= 64, "{} pages as the least to release", min);
  const ChunkRun run = highest_run(*this, search_page / 64, min);
  if (run.n == 0) return {};

  const unsigned end = run.page + run.n;
  // Clamped first, so that rounding up cannot wrap.
  const std::uint64_t most = std::clamp<std::uint64_t>(max, 1, chunk_pages);
  const unsigned wanted = static_cast<unsigned>((most + min - 1) / min * min);
  unsigned start = end - std::min(run.n, wanted);
  if (huge_pages > 1) {
    const unsigned below = start / huge_pages * huge_pages;
    const unsigned above = below == start ? start : below + huge_pages;
    if (above <= end && below >= run.page && below < start) {
      HEAPLAW_REACH("scavenge: a huge page moved the start");
      start = below;
    }
  }
  return {start, end - start};
}

}  // namespace heaplaw::model
