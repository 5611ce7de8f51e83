#include "oracle/naive/address_space.h"

#include <algorithm>
#include <utility>

#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr Page last_end = address_space_end / page_bytes;

}  // namespace

std::uint64_t count_pages(const std::vector<PageRange>& ranges) {
  std::uint64_t pages = 0;
  for (const PageRange& range : ranges) pages += range.pages();
  return pages;
}

std::vector<PageRange> joined(std::vector<PageRange> ranges) {
  std::ranges::sort(ranges, {}, &PageRange::start);
  std::vector<PageRange> result;
  for (const PageRange& range : ranges) {
    if (range.pages() == 0) continue;
    if (!result.empty() && result.back().end == range.start) {
      result.back().end = range.end;
    } else {
      result.push_back(range);
    }
  }
  return result;
}

std::vector<Page> first_hints(unsigned count) {
  std::vector<Page> hints;
  hints.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    hints.push_back((first_heap_address + i * hint_distance) / page_bytes);
  }
  return hints;
}

std::optional<PageRange> AddressSpace::reserve(std::uint64_t pages) {
  for (; !hints.empty(); hints.erase(hints.begin())) {
    const PageRange place{hints.front(), hints.front() + pages};
    if (place.end > last_end) continue;  // nobody asks the kernel for it, so that no order is used
    if (std::exchange(next_try_fails, false)) continue;
    const bool is_ours = std::ranges::any_of(reserved, [&](const PageRange& held) {
      return held.start < place.end && place.start < held.end;
    });
    if (is_ours) continue;
    hints.front() = place.end;
    return place;
  }
  return std::nullopt;
}

void AddressSpace::go_on_in(const PageRange& place) {
  if (!reserved.empty() && reserved.back().end == place.start) {
    reserved.back().end = place.end;
  } else {
    reserved.push_back(place);
    mapped_end = place.start;
  }
}

PageRange AddressSpace::rest() const {
  if (reserved.empty()) return {};
  return {mapped_end, reserved.back().end};
}

std::uint64_t AddressSpace::place_of(Page page) const {
  std::uint64_t before = 0;
  for (const PageRange& range : reserved) {
    if (range.start <= page && page < range.end) return before + (page - range.start);
    before += range.pages();
  }
  HEAPLAW_CHECK(false, "page {:#x} is not reserved", page * page_bytes);
  return 0;
}

std::vector<PageRange> AddressSpace::mapped() const {
  std::vector<PageRange> ranges = reserved;
  if (!ranges.empty()) ranges.back().end = mapped_end;
  return joined(std::move(ranges));
}

void AddressSpace::check_invariants() const {
  for (std::size_t i = 0; i < reserved.size(); ++i) {
    const PageRange& range = reserved[i];
    HEAPLAW_CHECK(range.start < range.end && range.end <= last_end, "{:#x} to {:#x} is reserved",
                  range.start, range.end);
    HEAPLAW_CHECK(range.start % arena_pages == 0 && range.end % arena_pages == 0,
                  "{:#x} to {:#x} are not whole arenas", range.start, range.end);
    for (std::size_t j = 0; j < i; ++j) {
      HEAPLAW_CHECK(reserved[j].end <= range.start || range.end <= reserved[j].start,
                    "{:#x} is reserved twice", std::max(reserved[j].start, range.start));
    }
  }
  if (reserved.empty()) return;
  const PageRange& current = reserved.back();
  HEAPLAW_CHECK(current.start <= mapped_end && mapped_end <= current.end,
                "mapped to {:#x}, reserved from {:#x} to {:#x}", mapped_end, current.start,
                current.end);
}

}  // namespace heaplaw::oracle::naive
