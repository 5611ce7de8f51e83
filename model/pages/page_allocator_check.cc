#include "model/pages/page_allocator.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

void PageAllocator::check_invariants() const {
  // The search address is a promise that results alone never show broken: it may only ever lie too
  // low, and never outside the heap.
  if (search_ != exhausted) {
    HEAPLAW_ASSERT(tree_.has_chunk(chunk_of(search_)), "search address {:#x} is not of this heap",
                   search_);
    HEAPLAW_ASSERT(search_ % page_size.raw() == 0, "search address {:#x} is not a page's", search_);
  }
#if HEAPLAW_INVARIANTS >= 2
  mapped_.check_invariants();
  tree_.check_invariants();
  scavenge_index_.check_invariants();
  for (const AddressRange& range : mapped_.ranges()) {
    for (std::uint64_t c = chunk_of(range.base.raw()); c < chunk_of(range.limit.raw()); ++c) {
      HEAPLAW_CHECK(tree_.has_chunk(c), "mapped chunk {:#x} has no bitmap", chunk_base(c));
      if (const ChunkOccupancy* occupancy = scavenge_index_.occupancy()) {
        const unsigned in_use = tree_.chunk(c).allocated.count(0, chunk_pages);
        HEAPLAW_CHECK(occupancy->in_use(c) == in_use,
                      "chunk {:#x} has {} pages in use, the scavenger's index {}", chunk_base(c),
                      in_use, occupancy->in_use(c));
      }
      const unsigned free = tree_.chunk(c).allocated.find_zeros(1, 0).page;
      HEAPLAW_CHECK(free == chunk_pages || page_address(c, free) >= search_,
                    "page {:#x} is free below the search address {:#x}", page_address(c, free),
                    search_);
    }
  }
#endif
}

}  // namespace heaplaw::model
