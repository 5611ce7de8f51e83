// How far the sweep of the last collection is, and what allocations owe it (runtime/mgcsweep.go).
#pragma once

#include <cstdint>
#include <vector>

#include "model/pages/address_ranges.h"

namespace heaplaw::model {

struct SweepState {
  // Begins above 2, so that "unswept" of the first cycle is a number too.
  std::uint32_t generation = 4;
  bool done = true;                // a sweeper looked for a span and found none
  unsigned next_class = 0;         // twice the span class, plus one once its full spans are done
  std::uint64_t pages_in_use = 0;  // of object spans, swept or not
  std::uint64_t pages_swept = 0;
  std::uint64_t dead_spans = 0;          // not swept yet, and without a marked object
  std::uint64_t swept_by_operation = 0;  // spans, by the last operation

  // Proportional sweep: pages for each byte allocated (SW-4). A double because Go's is one, and
  // where it rounds decides how many spans are swept.
  double pages_per_byte = 0;
  std::uint64_t live_basis = 0;
  std::uint64_t swept_basis = 0;

  // The reclaimer: arenas as they were when the cycle began, the next page of them, and pages that
  // sweeping freed without being asked (SW-5).
  std::vector<AddressRange> reclaim_arenas;
  std::uint64_t reclaim_page = 0;
  bool reclaim_done = true;
  std::uint64_t reclaim_credit = 0;

  [[nodiscard]] bool is_unswept(std::uint32_t span_generation) const {
    return span_generation == generation - 2;
  }
};

}  // namespace heaplaw::model
