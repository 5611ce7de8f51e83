// The chunks of the whole address space and the five levels of summaries above them, both only
// where the heap has grown (runtime/mpagealloc.go; PA-20). A chunk costs 140 bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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

  // Makes room for chunks [first, last]; they must not be there yet.
  void add_chunks(std::uint64_t first, std::uint64_t last);
  [[nodiscard]] bool has_chunk(std::uint64_t chunk) const;

  // The chunk must be there. Whoever changes allocated bits says so with touch().
  [[nodiscard]] PageChunk& chunk(std::uint64_t chunk) { return region(chunk).chunks[chunk]; }
  [[nodiscard]] const PageChunk& chunk(std::uint64_t chunk) const {
    return region(chunk).chunks[chunk];
  }
  // A hint: in a heap of a terabyte none of this is in a cache, and is fetched at once this way.
  void will_change(std::uint64_t chunk) const {
    const Region& r = region(chunk);
    __builtin_prefetch(&r.chunks[chunk].scavenged);
    __builtin_prefetch(&r.summaries.back()[chunk]);
  }
  // Summaries of touched chunks are recomputed only when a search needs them: allocations near the
  // search address never do.
  void touch(std::uint64_t chunk) {
    Eight& eight = region(chunk).eights[chunk >> fan_out_bits];
    if (eight.stale == 0) note_stale(chunk >> fan_out_bits);
    eight.stale = static_cast<std::uint8_t>(eight.stale | bit_of(chunk));
  }
  // False only if the chunk certainly has no run of n free pages.
  [[nodiscard]] bool may_fit(std::uint64_t chunk, std::uint64_t n) const {
    const Region& r = region(chunk);
    return (r.eights[chunk >> fan_out_bits].stale & bit_of(chunk)) != 0 ||
           r.summaries.back()[chunk].max() >= n;
  }

  // The lowest run of n free pages; knows that no page below search_address is free.
  [[nodiscard]] std::optional<Found> find(std::uint64_t n, std::uint64_t search_address);

  // An exact account of what this object has allocated.
  [[nodiscard]] Bytes metadata() const;
  // Every summary recomputed from what is below it; no page both in use and scavenged.
  void check_invariants() const;

 private:
  friend struct PageTreeFaults;  // of the test

  // What one entry of the last level but one has below it; a bit a chunk.
  struct Eight {
    std::uint8_t present = 0;
    std::uint8_t stale = 0;  // the summary is older than the chunk
  };
  // An entry of the root, 16 GiB. Indices are those of the whole address space.
  struct Region {
    std::array<Stretch<PageSummary>, summary_levels - 1> summaries;  // of the levels below the root
    Stretch<Eight> eights;
    Stretch<PageChunk> chunks;

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
  [[nodiscard]] std::span<const PageSummary> children(unsigned level, std::uint64_t index) const;
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
