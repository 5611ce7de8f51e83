// The global allocator's side of the page caches (runtime/mpagecache.go; PA-21 to PA-23).
#include <bit>

#include "model/pages/page_allocator.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t block_bytes = cache_pages * page_size.raw();

}  // namespace

PageCache PageAllocator::alloc_to_cache() {
  if (search_ >= end_) return {};
  std::uint64_t address = 0;  // of the lowest free page
  const std::uint64_t near = chunk_of(search_);
  const PageSearch search = tree_.chunk(near).allocated.find_zeros(1, page_in_chunk(search_));
  if (search.page < chunk_pages) {
    address = page_address(near, search.page);
  } else if (const auto found = find(1)) {
    HEAPLAW_REACH("page cache: refilled beyond the search address's chunk");
    address = found->address;
  } else {
    HEAPLAW_REACH("page cache: nothing to refill it from");
    search_ = exhausted;
    return {};
  }

  const std::uint64_t base = address / block_bytes * block_bytes;
  const auto [free, scavenged] = tree_.take_word(chunk_of(base), page_in_chunk(base) / 64);
  if (scavenged != 0 && scavenged != free) {
    HEAPLAW_REACH("page cache: refilled from a partly scavenged block");
  }
  scavenge_index_.cached(chunk_of(base), static_cast<unsigned>(std::popcount(free)));
  // Not one page further: that may be outside the heap, where no search may start.
  search_ = base + block_bytes - page_size.raw();
  return {Address{base}, free, scavenged};
}

void PageAllocator::flush(PageCache& cache) {
  if (cache.empty()) return;
  HEAPLAW_REACH_APART("page cache: flushed with pages left");
  const std::uint64_t base = cache.base().raw();
  const unsigned word = page_in_chunk(base) / 64;
  tree_.return_word(chunk_of(base), word,
                    {.free = cache.free_mask(), .scavenged = cache.scavenged_mask()});
  const unsigned last = word * 64 + 63 - static_cast<unsigned>(std::countl_zero(cache.free_mask()));
  scavenge_index_.returned_by_cache(chunk_of(base), last,
                                    static_cast<unsigned>(cache.free_pages().raw()));
  lower_search(base);
  cache = {};
}

}  // namespace heaplaw::model
