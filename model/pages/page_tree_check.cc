#include <algorithm>

#include "model/pages/page_tree.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

void PageTree::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  for (const std::uint64_t index : stale_eights_) {
    HEAPLAW_CHECK(region(index << fan_out_bits).eights[index].stale != 0,
                  "the chunks of entry {} are listed as stale", index);
  }
  std::size_t stale = 0;
  for (std::uint64_t i = regions_.first(); i < regions_.end(); ++i) {
    const Region* const region = regions_.find(i);
    if (region == nullptr) continue;
    stale += static_cast<std::size_t>(std::ranges::count_if(
        region->eights.entries(), [](const Eight& eight) { return eight.stale != 0; }));
  }
  HEAPLAW_CHECK(stale == stale_eights_.size(), "{} entries have stale chunks, {} are listed", stale,
                stale_eights_.size());
  for (std::uint64_t i = root_.first(); i < root_.end(); ++i) {
    if (const Region* const region = regions_.find(i)) {
      check_region(i, *region);
    } else {
      HEAPLAW_CHECK(root_[i].full(), "root entry {} has free pages in unmapped space", i);
    }
  }
#endif
}

void PageTree::check_region(std::uint64_t which, const Region& region) const {
  check_chunks(region);
  for (unsigned level = 0; level < summary_levels - 1; ++level) {
    const auto check = [&](std::uint64_t i, PageSummary have) {
      // Where nothing was ever added, nothing is below.
      const PageSummary want =
          region.has_children(level, i) ? merge_children(level, i) : PageSummary{};
      HEAPLAW_CHECK(have == want, "summary {} of level {} is ({}, {}, {}), not ({}, {}, {})", i,
                    level, have.start(), have.max(), have.end(), want.start(), want.max(),
                    want.end());
    };
    if (level == 0) {
      check(which, root_[which]);
      continue;
    }
    const auto& entries = region.summaries[level - 1];
    for (std::uint64_t i = entries.first(); i < entries.end(); ++i) check(i, entries[i]);
  }
}

void PageTree::check_chunks(const Region& region) {
  const auto& chunks = region.chunks;
  std::vector<PageBitmaps::Ref> refs;
  for (const ChunkRefs c : chunks.entries()) refs.insert(refs.end(), {c.allocated, c.scavenged});
  region.bitmaps.check_refs(refs);
  for (std::uint64_t i = chunks.first(); i < chunks.end(); ++i) {
    const PageBits& allocated = region.bitmaps[chunks[i].allocated];
    const PageBits& scavenged = region.bitmaps[chunks[i].scavenged];
    const Eight eight = region.eights.get(i >> fan_out_bits);
    const bool present = (eight.present & bit_of(i)) != 0;
    const ChunkSummary want{present ? allocated.summarise() : PageSummary{}};
    // What is above is always true of the summaries below it, stale or not.
    HEAPLAW_CHECK((eight.stale & bit_of(i)) != 0 || region.chunk_summaries[i] == want,
                  "chunk {:#x} has a stale summary", chunk_base(i));
    HEAPLAW_CHECK(present || chunks[i] == ChunkRefs{}, "chunk {:#x} is used and was never added",
                  chunk_base(i));
    for (unsigned w = 0; w < chunk_pages / 64; ++w) {
      HEAPLAW_CHECK((allocated.word(w) & scavenged.word(w)) == 0,
                    "chunk {:#x} has pages {:#x} of word {} both in use and scavenged",
                    chunk_base(i), allocated.word(w) & scavenged.word(w), w);
    }
  }
}

}  // namespace heaplaw::model
