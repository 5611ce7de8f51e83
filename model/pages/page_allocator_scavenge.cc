// The release of free pages to the operating system (runtime/mgcscavenge.go; SC-11, SC-12, SC-18 to
// SC-20).
#include <limits>

#include "model/pages/page_allocator.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// Linux on amd64: the operating system's pages are no larger than Go's, so any page can go.
constexpr unsigned least_pages = 1;

}  // namespace

Bytes PageAllocator::scavenge(Bytes want, ScavengeUrgency urgency) {
  Bytes released;
  while (released < want) {
    const std::optional<ScavengePosition> where = scavenge_index_.find(urgency);
    if (!where) {
      HEAPLAW_REACH("scavenge: asked for more than there is");
      break;
    }
    released += scavenge_step(*where, pages_covering(want - released, page_size).raw());
  }
  return released;
}

Bytes PageAllocator::scavenge_all() {
  return scavenge(Bytes{std::numeric_limits<std::uint64_t>::max()});
}

// Go takes the pages while the system call runs and frees them afterwards. Nobody runs in between
// here, and no free page lies below the search address, so that only the bits change.
Bytes PageAllocator::scavenge_step(ScavengePosition where, std::uint64_t max_pages) {
  const unsigned from = scavenge_from_cursor_ ? where.page : chunk_pages - 1;
  const ChunkRun run =
      tree_.chunk(where.chunk).find_scavenge_candidate(from, least_pages, max_pages, huge_pages_);
  if (run.n == 0) {
    HEAPLAW_REACH("scavenge: found nothing in a marked chunk");
    scavenge_index_.set_empty(where.chunk);
    return {};
  }
  tree_.release(where.chunk, run);
  return bytes_of(Pages{run.n}, page_size);
}

}  // namespace heaplaw::model
