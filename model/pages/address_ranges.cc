#include "model/pages/address_ranges.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

std::size_t AddressRanges::first_ending_above(Address address) const {
  const auto found = std::ranges::upper_bound(ranges_, address, {}, &AddressRange::limit);
  return static_cast<std::size_t>(found - ranges_.begin());
}

void AddressRanges::add(AddressRange range) {
  HEAPLAW_CHECK(range.base < range.limit, "range [{}, {}) is empty", range.base, range.limit);
  const auto next = ranges_.begin() + static_cast<std::ptrdiff_t>(first_ending_above(range.base));
  HEAPLAW_CHECK(next == ranges_.end() || range.limit <= next->base,
                "range [{}, {}) overlaps [{}, {})", range.base, range.limit, next->base,
                next->limit);
  total_ += range.size();
  const bool joins_next = next != ranges_.end() && next->base == range.limit;
  if (next != ranges_.begin() && std::prev(next)->limit == range.base) {
    std::prev(next)->limit = joins_next ? next->limit : range.limit;
    if (joins_next) ranges_.erase(next);
  } else if (joins_next) {
    next->base = range.base;
  } else {
    ranges_.insert(next, range);
  }
}

bool AddressRanges::contains(Address address) const {
  const std::size_t i = first_ending_above(address);
  return i < ranges_.size() && ranges_[i].base <= address;
}

bool AddressRanges::contains(AddressRange range) const {
  const std::size_t i = first_ending_above(range.base);
  return i < ranges_.size() && ranges_[i].base <= range.base && range.limit <= ranges_[i].limit;
}

bool AddressRanges::overlaps(AddressRange range) const {
  const std::size_t i = first_ending_above(range.base);
  return i < ranges_.size() && ranges_[i].base < range.limit;
}

std::optional<Address> AddressRanges::at_or_above(Address address) const {
  const std::size_t i = first_ending_above(address);
  if (i == ranges_.size()) return std::nullopt;
  return std::max(ranges_[i].base, address);
}

void AddressRanges::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  Bytes total;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    HEAPLAW_CHECK(ranges_[i].base < ranges_[i].limit, "empty range at {}", ranges_[i].base);
    HEAPLAW_CHECK(i == 0 || ranges_[i - 1].limit < ranges_[i].base,
                  "ranges that end at {} and begin at {} should be one, or are out of order",
                  ranges_[i - 1].limit, ranges_[i].base);
    total += ranges_[i].size();
  }
  HEAPLAW_CHECK(total == total_, "ranges sum up to {}, not {}", total, total_);
#endif
}

}  // namespace heaplaw::model
