// The chunks of the whole address space and the five levels of summaries above them, both only
// where the heap has grown (runtime/mpagealloc.go; PA-20). A terabyte costs 140 bytes a chunk.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

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

  // The chunk must be there. Whoever changes allocated bits calls update() afterwards.
  [[nodiscard]] PageChunk& chunk(std::uint64_t chunk) {
    return block(chunk).chunks[chunk % fan_out];
  }
  [[nodiscard]] const PageChunk& chunk(std::uint64_t chunk) const {
    return block(chunk).chunks[chunk % fan_out];
  }
  [[nodiscard]] PageSummary chunk_summary(std::uint64_t chunk) const {
    return block(chunk).summaries[chunk % fan_out];
  }
  // Recomputes the summaries of chunks [first, last] and of everything above them.
  void update(std::uint64_t first, std::uint64_t last);

  // The lowest run of n free pages; knows that no page below search_address is free.
  [[nodiscard]] std::optional<Found> find(std::uint64_t n, std::uint64_t search_address) const;

  // An exact account of what this object has allocated.
  [[nodiscard]] Bytes metadata() const;
  // Every summary recomputed from the bits below it; no page both in use and scavenged.
  void check_invariants() const;

 private:
  // An entry of the last level but one: eight chunks and their summaries.
  struct Block {
    std::array<PageSummary, fan_out> summaries{};
    std::array<PageChunk, fan_out> chunks{};
    std::uint8_t present = 0;
  };
  // An entry of the root: 16 GiB.
  struct Region {
    std::array<PageSummary, 8> level1{};
    std::array<PageSummary, 64> level2{};
    std::array<PageSummary, 512> level3{};
    std::array<std::unique_ptr<Block>, 512> blocks{};
  };
  static constexpr unsigned region_shift = fan_out_bits * (summary_levels - 1);  // of chunks

  [[nodiscard]] Block& block(std::uint64_t chunk) const {
    Region& region = *regions_[(chunk >> region_shift) - first_region_];
    return *region.blocks[(chunk >> fan_out_bits) & 511];
  }

  // Parallel, from first_region_ to the highest region that the heap has reached.
  std::vector<PageSummary> root_;
  std::vector<std::unique_ptr<Region>> regions_;
  std::uint64_t first_region_ = 0;
};

}  // namespace heaplaw::model
