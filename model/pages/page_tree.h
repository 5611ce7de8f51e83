// The chunks of the whole address space and the five levels of summaries above them, both only
// where the heap has grown (runtime/mpagealloc.go; PA-20). A chunk costs 9 bytes, and 64 more, or
// twice that while a list grows, for each of its two bitmaps that is not uniform.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/pages/page_bitmaps.h"
#include "model/pages/page_chunk.h"
#include "model/pages/page_summary.h"
#include "model/pages/sparse_blocks.h"
#include "model/pages/stretch.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class PageTree {
 public:
  // A search's answer, as raw addresses.
  struct Found {
    std::uint64_t address = 0;
    std::uint64_t first_free = 0;  // no page below it is free; need not be mapped
  };
  // Pages of one word of a chunk, as bits.
  struct WordOfPages {
    std::uint64_t free = 0;
    std::uint64_t scavenged = 0;  // of the free ones
  };

  // Makes room for chunks [first, last]; they must not be there yet.
  void add_chunks(std::uint64_t first, std::uint64_t last);
  [[nodiscard]] bool has_chunk(std::uint64_t chunk) const;

  // The chunk must be there, for this and all that follow; good until the next change.
  [[nodiscard]] PageChunk chunk(std::uint64_t chunk) const {
    const Region& r = region(chunk);
    const ChunkRefs c = r.chunks[chunk];
    return {.allocated = r.bitmaps[c.allocated], .scavenged = r.bitmaps[c.scavenged]};
  }
  // Takes free pages into use; says how many of them were scavenged.
  unsigned allocate(std::uint64_t chunk, unsigned page, unsigned n);
  // Pages in use become free and stay with the process.
  void free(std::uint64_t chunk, unsigned page, unsigned n);
  // Free pages go to the operating system.
  void release(std::uint64_t chunk, ChunkRun pages);
  // All free pages of one word go into use, and are scavenged no more; and back.
  [[nodiscard]] WordOfPages take_word(std::uint64_t chunk, unsigned word);
  void return_word(std::uint64_t chunk, unsigned word, WordOfPages pages);
  // A hint: in a heap of a terabyte none of this is in a cache, and is fetched at once this way.
  void will_change(std::uint64_t chunk) const {
    const Region& r = region(chunk);
    __builtin_prefetch(&r.chunks[chunk]);
    __builtin_prefetch(&r.chunk_summaries[chunk]);
  }
  // False only if the chunk certainly has no run of n free pages.
  [[nodiscard]] bool may_fit(std::uint64_t chunk, std::uint64_t n) const {
    const Region& r = region(chunk);
    return (r.eights[chunk >> fan_out_bits].stale & bit_of(chunk)) != 0 ||
           r.chunk_summaries[chunk].max() >= n;
  }

  // The lowest run of n free pages; knows that no page below search_address is free.
  [[nodiscard]] std::optional<Found> find(std::uint64_t n, std::uint64_t search_address);

  // An exact account of what this object has allocated.
  [[nodiscard]] Bytes metadata() const;
  // Every summary recomputed from what is below it; no page both in use and scavenged; no bitmap of
  // two chunks.
  void check_invariants() const;

 private:
  friend struct PageTreeFaults;  // of the test

  // What one entry of the last level but one has below it; a bit a chunk.
  struct Eight {
    std::uint8_t present = 0;
    std::uint8_t stale = 0;  // the summary is older than the chunk
  };
  struct ChunkRefs {
    PageBitmaps::Ref allocated;
    PageBitmaps::Ref scavenged;

    bool operator==(const ChunkRefs&) const = default;
  };
  // An entry of the root, 16 GiB. Indices are those of the whole address space.
  struct Region {
    // Of the levels between the root and the chunks.
    std::array<Stretch<PageSummary>, summary_levels - 2> summaries;
    Stretch<ChunkSummary> chunk_summaries;
    Stretch<Eight> eights;
    Stretch<ChunkRefs> chunks;
    PageBitmaps bitmaps;

    [[nodiscard]] bool has_children(unsigned level, std::uint64_t index) const {
      const std::uint64_t first = index << fan_out_bits;
      return level == summary_levels - 2 ? chunk_summaries.has(first) : summaries[level].has(first);
    }
    [[nodiscard]] Bytes metadata() const;
  };
  static constexpr unsigned region_shift = fan_out_bits * (summary_levels - 1);  // of chunks

  [[nodiscard]] static constexpr unsigned bit_of(std::uint64_t chunk) {
    return 1u << (chunk % fan_out);
  }
  [[nodiscard]] Region& region(std::uint64_t chunk) const {
    return regions_[chunk >> region_shift];
  }
  [[nodiscard]] PageSummary& entry(unsigned level, std::uint64_t index) {
    if (level == 0) return root_[index];
    return regions_[index >> (fan_out_bits * level)].summaries[level - 1][index];
  }
  // Summaries of touched chunks are recomputed, and bitmaps that are uniform again given back, only
  // when a search needs the summaries: allocations near the search address never do.
  Region& touch(std::uint64_t chunk) {
    Region& r = region(chunk);
    Eight& eight = r.eights[chunk >> fan_out_bits];
    if (eight.stale == 0) note_stale(chunk >> fan_out_bits);
    eight.stale = static_cast<std::uint8_t>(eight.stale | bit_of(chunk));
    return r;
  }
  // Calls back with the entries below one: PageSummary or ChunkSummary.
  template <typename Visit>
  auto visit_children(unsigned level, std::uint64_t index, Visit visit) const {
    const Region& r = regions_[index >> (fan_out_bits * level)];
    const std::uint64_t first = index << fan_out_bits;
    return level == summary_levels - 2 ? visit(r.chunk_summaries.part(first, fan_out))
                                       : visit(r.summaries[level].part(first, fan_out));
  }
  [[nodiscard]] PageSummary merge_children(unsigned level, std::uint64_t index) const {
    return visit_children(
        level, index, [&](auto entries) { return merge(entries, level_pages_shift(level + 1)); });
  }
  void make_entries_above(std::uint64_t chunk);
  void note_stale(std::uint64_t eight);
  // Brings all summaries up to date.
  void settle();
  void check_region(std::uint64_t which, const Region& region) const;
  static void check_chunks(const Region& region);

  Stretch<PageSummary> root_;
  SparseBlocks<Region> regions_;
  std::vector<std::uint64_t> stale_eights_;  // those with a stale chunk, numbered as level 3
  std::vector<std::uint64_t> changed_;       // scratch for settle()
};

}  // namespace heaplaw::model
