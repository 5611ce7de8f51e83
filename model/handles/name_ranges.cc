#include "model/handles/name_ranges.h"

#include "model/handles/sparse_handles.h"

namespace heaplaw::model {

bool is_crowded(const NameRange& range) {
  return range.live * SparseHandles::record_bytes > ArrayCost::block + ArrayCost::place;
}

// Kadane's way to the greatest sum: where all that was saved so far pays for less than the gap, it
// is better to begin anew.
NameStretch best_stretch(std::span<const NameRange> ranges) {
  NameStretch best, stretch;
  std::uint64_t most_saved = 0, saved = 0;
  for (const NameRange& range : ranges) {
    if (!is_crowded(range)) continue;
    const std::uint64_t gap = (range.number - stretch.end) * ArrayCost::place;
    if (saved <= gap) {
      stretch = {.first = range.number};
      saved = 0;
    } else {
      saved -= gap;
    }
    stretch.end = range.number + 1;
    ++stretch.blocks;
    stretch.live += range.live;
    saved += range.live * SparseHandles::record_bytes - ArrayCost::block - ArrayCost::place;
    if (saved > most_saved) {
      best = stretch;
      most_saved = saved;
    }
  }
  return best;
}

}  // namespace heaplaw::model
