#include "model/pages/page_summary.h"

#include <algorithm>

namespace heaplaw::model {

namespace {

template <typename Part>
PageSummary merge_parts(std::span<const Part> parts, unsigned pages_shift) {
  const unsigned whole = 1u << pages_shift;
  unsigned start = 0;
  unsigned max = 0;
  unsigned open = 0;  // free pages just below the part
  bool from_the_start = true;
  for (const Part part : parts) {
    if (part.full()) {  // the commonest by far, low in the heap
      from_the_start = false;
      open = 0;
      continue;
    }
    const unsigned part_start = part.start();
    if (from_the_start) {
      start += part_start;
      from_the_start = part_start == whole;
    }
    max = std::max(max, std::max(open + part_start, part.max()));
    open = part_start == whole ? open + whole : part.end();
  }
  return {start, max, open};
}

}  // namespace

PageSummary merge(std::span<const PageSummary> parts, unsigned pages_shift) {
  return merge_parts(parts, pages_shift);
}

PageSummary merge(std::span<const ChunkSummary> parts, unsigned pages_shift) {
  return merge_parts(parts, pages_shift);
}

}  // namespace heaplaw::model
