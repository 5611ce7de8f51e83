// The chunks of the whole address space and the five levels of summaries above them, both only
// where the heap has grown (runtime/mpagealloc.go; PA-20). A terabyte costs 140 bytes a chunk.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/pages/boxed.h"
#include "model/pages/page_chunk.h"
#include "model/pages/page_summary.h"
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
  [[nodiscard]] PageChunk& chunk(std::uint64_t chunk) {
    return block(chunk).chunks[chunk % fan_out];
  }
  [[nodiscard]] const PageChunk& chunk(std::uint64_t chunk) const {
    return block(chunk).chunks[chunk % fan_out];
  }
  // Summaries of touched chunks are recomputed only when a search needs them: allocations near the
  // search address never do.
  void touch(std::uint64_t chunk) {
    Block& b = block(chunk);
    if (b.stale == 0) note_stale(chunk >> fan_out_bits);
    b.stale = static_cast<std::uint8_t>(b.stale | 1u << (chunk % fan_out));
  }
  // False only if the chunk certainly has no run of n free pages.
  [[nodiscard]] bool may_fit(std::uint64_t chunk, std::uint64_t n) const {
    const Block& b = block(chunk);
    return (b.stale >> (chunk % fan_out) & 1) || b.summaries[chunk % fan_out].max() >= n;
  }

  // The lowest run of n free pages; knows that no page below search_address is free.
  [[nodiscard]] std::optional<Found> find(std::uint64_t n, std::uint64_t search_address);

  // An exact account of what this object has allocated.
  [[nodiscard]] Bytes metadata() const;
  // Every summary recomputed from what is below it; no page both in use and scavenged.
  void check_invariants() const;

 private:
  // An entry of the last level but one: eight chunks and their summaries.
  struct Block {
    std::array<PageSummary, fan_out> summaries{};
    std::array<PageChunk, fan_out> chunks{};
    std::uint8_t present = 0;  // a bit a chunk
    std::uint8_t stale = 0;    // likewise: the summary is older than the chunk
  };
  // An entry of the root: 16 GiB.
  struct Region {
    std::array<PageSummary, 8> level1{};
    std::array<PageSummary, 64> level2{};
    std::array<PageSummary, 512> level3{};
    std::array<Boxed<Block>, 512> blocks{};
  };
  static constexpr unsigned region_shift = fan_out_bits * (summary_levels - 1);  // of chunks

  [[nodiscard]] static constexpr std::uint64_t block_in_region(std::uint64_t chunk) {
    return chunk >> fan_out_bits & 511;
  }
  [[nodiscard]] Block& block(std::uint64_t chunk) const {
    return *regions_[(chunk >> region_shift) - first_region_]->blocks[block_in_region(chunk)];
  }
  // Entries of a level are numbered through from address 0. Level 4's are in the blocks.
  [[nodiscard]] PageSummary& entry(unsigned level, std::uint64_t index);
  [[nodiscard]] const PageSummary& entry(unsigned level, std::uint64_t index) const {
    return const_cast<PageTree*>(this)->entry(level, index);
  }
  [[nodiscard]] std::span<const PageSummary> children(unsigned level, std::uint64_t index) const;
  void widen_to(std::uint64_t region);
  void note_stale(std::uint64_t block_index);
  // Brings all summaries up to date.
  void settle();
  void check_region(std::uint64_t region) const;
  static void check_block(const Block& block, std::uint64_t first_chunk);

  // Parallel, from first_region_ to the highest region that the heap has reached.
  std::vector<PageSummary> root_;
  std::vector<Boxed<Region>> regions_;
  std::uint64_t first_region_ = 0;
  std::vector<std::uint64_t> stale_blocks_;  // those with a stale chunk, numbered as level 3
  std::vector<std::uint64_t> changed_;       // scratch for settle()
};

}  // namespace heaplaw::model
