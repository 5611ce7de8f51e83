#include "model/pages/page_allocator.h"

#include <algorithm>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// Calls back with each chunk of n pages at the address, its first page there and how many.
template <typename Callback>
void for_chunks(std::uint64_t address, std::uint64_t n, Callback callback) {
  while (n > 0) {
    const unsigned page = page_in_chunk(address);
    const auto here = static_cast<unsigned>(std::min<std::uint64_t>(n, chunk_pages - page));
    callback(chunk_of(address), page, here);
    address += std::uint64_t{here} << page_shift;
    n -= here;
  }
}

std::uint64_t last_page(std::uint64_t address, std::uint64_t n) {
  return address + ((n - 1) << page_shift);
}

unsigned pages_in_huge_page(Bytes huge_page) {
  if (huge_page <= page_size || huge_page > chunk_size) return 0;
  return static_cast<unsigned>(huge_page / page_size);
}

}  // namespace

PageAllocator::PageAllocator(const ReleaseFacts& facts, Bytes huge_page)
    : scavenge_index_(facts.heap.value()),
      huge_pages_(pages_in_huge_page(huge_page)),
      scavenge_from_cursor_(facts.scavenge_from_cursor) {
  HEAPLAW_CHECK(huge_pages_ == 0 || is_power_of_two(huge_pages_), "huge pages of {} bytes",
                huge_page);
}

void PageAllocator::grow(AddressRange range) {
  HEAPLAW_CHECK(range.base.raw() % chunk_size.raw() == 0 && range.size() % chunk_size == Bytes{},
                "growth [{}, {}) is not in whole chunks", range.base, range.limit);
  mapped_.add(range);
  end_ = std::max(end_, range.limit.raw());
  tree_.add_chunks(chunk_of(range.base.raw()), chunk_of(range.limit.raw() - 1));
  lower_search(range.base.raw());
}

void PageAllocator::lower_search(std::uint64_t address) { search_ = std::min(search_, address); }

std::optional<PageTree::Found> PageAllocator::find(std::uint64_t n) {
  std::optional<PageTree::Found> found = tree_.find(n, search_);
  if (!found) return std::nullopt;
  // An entry above the chunks may begin in unmapped space, where no search may start.
  const std::uint64_t mapped = mapped_.at_or_above(Address{found->first_free}).value().raw();
  if (mapped != found->first_free) {
    HEAPLAW_REACH("pages: search address moved out of unmapped space");
    found->first_free = mapped;
  }
  return found;
}

std::optional<PageAllocation> PageAllocator::alloc(Pages pages) {
  const std::uint64_t n = pages.raw();
  HEAPLAW_ASSERT(n > 0, "an allocation of no pages");
  if (search_ >= end_) return std::nullopt;

  PageTree::Found found;
  const std::uint64_t chunk = chunk_of(search_);
  const unsigned page = page_in_chunk(search_);
  // The search address's own chunk first: no walk down the tree.
  PageSearch near;
  if (n <= chunk_pages - page && tree_.may_fit(chunk, n)) {
    near = tree_.chunk(chunk).allocated.find_zeros(static_cast<unsigned>(n), page);
  }
  if (near.page < chunk_pages) {
    found = {.address = page_address(chunk, near.page),
             .first_free = page_address(chunk, near.first_free)};
  } else if (const auto anywhere = find(n)) {
    found = *anywhere;
  } else {
    // Larger runs may be missing where single pages are not.
    if (n == 1) {
      HEAPLAW_REACH_APART("pages: search address exhausted");
      search_ = exhausted;
    }
    return std::nullopt;
  }
  const std::uint64_t scavenged = mark_allocated(found.address, n);
  if (found.first_free > search_) {
    HEAPLAW_REACH("pages: search address raised");
    search_ = found.first_free;
  }
  return PageAllocation{.address = Address{found.address}, .scavenged = Pages{scavenged}};
}

bool PageAllocator::has_run(Pages n) {
  return search_ < end_ && tree_.find(n.raw(), search_).has_value();
}

Pages PageAllocator::take(Address base, Pages n) {
  HEAPLAW_CHECK(mapped_.contains({base, base + bytes_of(n, page_size)}),
                "{} pages at {} are not all of this heap", n, base);
  return Pages{mark_allocated(base.raw(), n.raw())};
}

std::uint64_t PageAllocator::mark_allocated(std::uint64_t address, std::uint64_t n) {
  std::uint64_t scavenged = 0;
  for_chunks(address, n, [&](std::uint64_t chunk, unsigned page, unsigned here) {
    scavenged += tree_.allocate(chunk, page, here);
    scavenge_index_.allocated(chunk, here);
  });
  if (const std::uint64_t last = last_page(address, n); chunk_of(address) != chunk_of(last)) {
    HEAPLAW_REACH("pages: a run across chunks");
    if (address / arena_size.raw() != last / arena_size.raw()) {
      HEAPLAW_REACH("pages: a run across arenas");
    }
  }
  return scavenged;
}

void PageAllocator::free(Address base, Pages pages) {
  const std::uint64_t address = base.raw();
  const std::uint64_t n = pages.raw();
  HEAPLAW_ASSERT(n > 0 && mapped_.contains({base, base + bytes_of(pages, page_size)}),
                 "{} pages to free at {} are not all of this heap", pages, base);
  tree_.will_change(chunk_of(address));
  lower_search(address);
  for_chunks(address, n, [&](std::uint64_t chunk, unsigned page, unsigned here) {
    tree_.free(chunk, page, here);
    scavenge_index_.freed(chunk, page, here);
  });
}

bool PageAllocator::allocated(Address page) const {
  return chunk_at(page).allocated.test(page_in_chunk(page.raw()));
}

bool PageAllocator::scavenged(Address page) const {
  return chunk_at(page).scavenged.test(page_in_chunk(page.raw()));
}

PageChunk PageAllocator::chunk_at(Address address) const {
  const std::uint64_t chunk = chunk_of(address.raw());
  HEAPLAW_CHECK(tree_.has_chunk(chunk), "{} is not of this heap", address);
  return tree_.chunk(chunk);
}

std::optional<Address> PageAllocator::search_address() const {
  return search_ == exhausted ? std::nullopt : std::optional(Address{search_});
}

Bytes PageAllocator::metadata() const {
  return Bytes{sizeof *this - sizeof tree_ - sizeof scavenge_index_} + tree_.metadata() +
         scavenge_index_.metadata() + Bytes{mapped_.ranges().size_bytes()};
}

}  // namespace heaplaw::model
