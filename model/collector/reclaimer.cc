#include <algorithm>

#include "model/collector/sweeper.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t block_pages = chunk_pages;
constexpr std::uint64_t arena_pages = arena_size.raw() >> page_shift;

// The address of the n-th page of the arenas, if there are so many.
std::optional<std::uint64_t> nth_page(std::span<const AddressRange> arenas, std::uint64_t n) {
  for (const AddressRange& range : arenas) {
    const std::uint64_t pages = range.size().raw() >> page_shift;
    if (n < pages) return range.base.raw() + (n << page_shift);
    n -= pages;
  }
  return std::nullopt;
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
    const std::uint64_t page = sweep.reclaim_page;
    sweep.reclaim_page += block_pages;
    const auto address = nth_page(sweep.reclaim_arenas, page);
    if (!address) {
      HEAPLAW_REACH("reclaim: end of the arenas");
      sweep.reclaim_done = true;
      return;
    }
    const std::uint64_t found = reclaim_block(*address);
    if (found > pages) sweep.reclaim_credit += found - pages;
    pages -= std::min(found, pages);
  }
}

// Spans without a marked object, whatever their class.
std::uint64_t Sweeper::reclaim_block(std::uint64_t address) {
  std::uint64_t freed = 0;
  for (const SpanId id : s_.spans.beginning_in_chunk(chunk_of(address))) {
    if (s_.spans[id].marked > 0 || !try_acquire(id)) continue;
    const std::uint64_t pages = s_.spans[id].pages;
    if (!sweep(id, /*keep=*/false)) continue;
    HEAPLAW_REACH("reclaim: a block gave pages back");
    freed += pages;
  }
  return freed;
}

}  // namespace heaplaw::model
