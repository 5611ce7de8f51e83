// Where the heap lies: whole arenas, reserved at hints, of which the last place is mapped bit by
// bit (AS-5, AS-6, AS-12; docs/simulated-process.md SIM-11).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "oracle/naive/constants.h"

namespace heaplaw::oracle::naive {

struct PageRange {
  Page start = 0;
  Page end = 0;

  [[nodiscard]] std::uint64_t pages() const { return end - start; }
  bool operator==(const PageRange&) const = default;
};

[[nodiscard]] std::uint64_t count_pages(const std::vector<PageRange>& ranges);

// Ascending, and neighbours made one.
[[nodiscard]] std::vector<PageRange> joined(std::vector<PageRange> ranges);

struct AddressSpace {
  std::vector<Page> hints;          // where reservations are tried, the next one first
  std::vector<PageRange> reserved;  // whole arenas, in the order in which the heap got them
  Page mapped_end = 0;              // of the last of these; all the others are mapped
  bool next_try_fails = false;      // something else lies there

  // The first hint that has room for so many pages; those before it are dropped. Null if none is
  // left.
  [[nodiscard]] std::optional<PageRange> reserve(std::uint64_t pages);
  // From now on the heap grows in this place, which was just reserved. What it leaves behind has to
  // be mapped, unless the place adjoins it.
  void go_on_in(const PageRange& place);

  // Reserved, and not mapped yet.
  [[nodiscard]] PageRange rest() const;
  [[nodiscard]] std::uint64_t arenas() const { return count_pages(reserved) / arena_pages; }
  // The page's number if the arenas lay one behind the other in the order of `reserved`.
  [[nodiscard]] std::uint64_t place_of(Page page) const;
  [[nodiscard]] std::vector<PageRange> mapped() const;

  // Throws CheckFailure.
  void check_invariants() const;
};

// AS-5.
[[nodiscard]] std::vector<Page> first_hints(unsigned count);

}  // namespace heaplaw::oracle::naive
