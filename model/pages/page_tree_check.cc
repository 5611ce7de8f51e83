#include "model/pages/page_tree.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

void PageTree::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  for (const std::uint64_t index : stale_blocks_) {
    HEAPLAW_CHECK(block(index << fan_out_bits).stale != 0, "block {} is listed as stale", index);
  }
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    if (regions_[i]) {
      check_region(first_region_ + i);
    } else {
      HEAPLAW_CHECK(root_[i].full(), "root entry {} has free pages in unmapped space", i);
    }
  }
#endif
}

void PageTree::check_region(std::uint64_t region) const {
  const Region& r = *regions_[region - first_region_];
  for (std::uint64_t b = 0; b < r.blocks.size(); ++b) {
    if (r.blocks[b]) {
      check_block(*r.blocks[b], (region << region_shift) + b * fan_out);
    } else {
      HEAPLAW_CHECK(r.level3[b].full(), "region {} block {} has free pages in unmapped space",
                    region, b);
    }
  }
  for (unsigned level = 0; level < summary_levels - 1; ++level) {
    const unsigned shift = fan_out_bits * level;
    for (std::uint64_t i = region << shift; i < (region + 1) << shift; ++i) {
      // Unmapped blocks have no children to recompute from; they were seen above.
      if (level == 3 && !r.blocks[i & 511]) continue;
      const PageSummary want = merge(children(level, i), level_pages_shift(level + 1));
      const PageSummary have = entry(level, i);
      HEAPLAW_CHECK(have == want, "summary {} of level {} is ({}, {}, {}), not ({}, {}, {})", i,
                    level, have.start(), have.max(), have.end(), want.start(), want.max(),
                    want.end());
    }
  }
}

void PageTree::check_block(const Block& block, std::uint64_t first_chunk) {
  for (unsigned i = 0; i < fan_out; ++i) {
    const PageChunk& c = block.chunks[i];
    const bool present = block.present >> i & 1;
    const PageSummary want = present ? c.allocated.summarise() : PageSummary{};
    // What is above is always true of the summaries below it, stale or not.
    const bool stale = block.stale >> i & 1;
    HEAPLAW_CHECK(stale || block.summaries[i] == want, "chunk {:#x} has a stale summary",
                  chunk_base(first_chunk + i));
    HEAPLAW_CHECK(present || c == PageChunk{}, "chunk {:#x} is used and was never added",
                  chunk_base(first_chunk + i));
    for (unsigned w = 0; w < chunk_pages / 64; ++w) {
      HEAPLAW_CHECK((c.allocated.word(w) & c.scavenged.word(w)) == 0,
                    "chunk {:#x} has pages {:#x} of word {} both in use and scavenged",
                    chunk_base(first_chunk + i), c.allocated.word(w) & c.scavenged.word(w), w);
    }
  }
}

}  // namespace heaplaw::model
