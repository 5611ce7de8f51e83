#include "model/pages/page_cache.h"

#include <bit>

#include "model/pages/page_bits.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

PageCache::PageCache(Address base, std::uint64_t free, std::uint64_t scavenged)
    : base_(base), free_(free), scavenged_(scavenged) {
  check_invariants();
}

Pages PageCache::free_pages() const { return Pages{static_cast<unsigned>(std::popcount(free_))}; }
Pages PageCache::scavenged_pages() const {
  return Pages{static_cast<unsigned>(std::popcount(scavenged_))};
}

std::optional<PageAllocation> PageCache::alloc(Pages n) {
  HEAPLAW_ASSERT(n.raw() > 0, "an allocation of no pages");
  if (free_ == 0 || n.raw() > cache_pages) return std::nullopt;
  const auto length = static_cast<unsigned>(n.raw());
  const unsigned page = lowest_run_of_ones(free_, length);
  if (page == 64) {
    HEAPLAW_REACH("page cache: pages left, but no run that fits");
    return std::nullopt;
  }
  const std::uint64_t mask = (length == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << length) - 1)
                             << page;
  const auto scavenged = static_cast<unsigned>(std::popcount(scavenged_ & mask));
  free_ &= ~mask;
  scavenged_ &= ~mask;
  return PageAllocation{.address = base_ + page_size * page, .scavenged = Pages{scavenged}};
}

void PageCache::check_invariants() const {
  HEAPLAW_ASSERT((scavenged_ & ~free_) == 0, "cache at {} has scavenged pages {:#x} in use", base_,
                 scavenged_ & ~free_);
  HEAPLAW_ASSERT(base_.raw() % (page_size.raw() * cache_pages) == 0, "cache at {} is not aligned",
                 base_);
}

}  // namespace heaplaw::model
