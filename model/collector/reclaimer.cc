#include <algorithm>

#include "model/collector/sweeper.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t block_pages = chunk_pages;
constexpr std::uint64_t arena_pages = arena_size.raw() >> page_shift;

// The address of the n-th page of the arenas.
std::uint64_t nth_page(std::span<const AddressRange> arenas, std::uint64_t n) {
  for (auto range = arenas.begin();; ++range) {
    HEAPLAW_CHECK(range != arenas.end(), "{} pages beyond the end of the arenas", n);
    const std::uint64_t pages = range->size().raw() >> page_shift;
    if (n < pages) return range->base.raw() + (n << page_shift);
    n -= pages;
  }
}

}  // namespace

void Sweeper::reclaim(std::uint64_t pages) {
  static_assert(arena_pages % block_pages == 0);
  SweepState& sweep = s_.sweep;
  if (sweep.reclaim_done) return;
  while (pages > 0) {
    if (sweep.reclaim_credit > 0) {
      HEAPLAW_REACH("reclaim: credit of earlier sweeps used");
      const std::uint64_t used = std::min(sweep.reclaim_credit, pages);
      sweep.reclaim_credit -= used;
      pages -= used;
      continue;
    }
    // What Go goes on to the end of the arenas to see.
    if (sweep.dead_spans == 0) {
      HEAPLAW_REACH("reclaim: end of the arenas");
      sweep.reclaim_done = true;
      return;
    }
    const std::uint64_t page = sweep.reclaim_page;
    sweep.reclaim_page += block_pages;
    const std::uint64_t found = reclaim_block(nth_page(sweep.reclaim_arenas, page));
    if (found > pages) sweep.reclaim_credit += found - pages;
    pages -= std::min(found, pages);
  }
}

// Spans without a marked object, whatever their class.
std::uint64_t Sweeper::reclaim_block(std::uint64_t address) {
  std::uint64_t freed = 0;
  const auto dead = [this](const Span& span) { return span.marked == 0 && is_unswept(span); };
  for (const SpanId id : s_.spans.beginning_in_chunk(chunk_of(address), dead)) {
    HEAPLAW_REACH("reclaim: a block gave pages back");
    freed += s_.spans[id].pages;
    acquire(id);
    sweep(id, /*keep=*/false);
  }
  return freed;
}

}  // namespace heaplaw::model
