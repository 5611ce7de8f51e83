// How full each chunk is and was, so that releasing memory for growth leaves dense chunks alone:
// what is free there will soon be used (runtime/mgcscavenge.go scavengeIndex of 1.21 on; SC-19).
// Pages in caches count as in use, as they do in the bitmaps.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/pages/page_geometry.h"
#include "model/pages/scavenge_cursor.h"
#include "model/pages/sparse_blocks.h"
#include "model/pages/stretch.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class ChunkOccupancy {
 public:
  // A chunk with at least so many pages in use is dense.
  explicit ChunkOccupancy(unsigned dense_pages) : dense_(dense_pages) {}

  void allocated(std::uint64_t chunk, unsigned n);
  // n pages, of which `last_page` is the highest.
  void freed(std::uint64_t chunk, unsigned last_page, unsigned n);
  // The highest chunk at or below the cursor of this urgency that may have something to release;
  // moves the cursor there.
  [[nodiscard]] std::optional<ScavengePosition> find(ScavengeUrgency urgency);
  // Nothing more to be had from this chunk.
  void set_empty(std::uint64_t chunk);
  // When marking ends: what was freed since then comes within reach of the background's cursor.
  void next_generation();

  [[nodiscard]] unsigned in_use(std::uint64_t chunk) const;
  [[nodiscard]] bool may_release(std::uint64_t chunk, ScavengeUrgency urgency) const;
  [[nodiscard]] Bytes metadata() const { return blocks_.metadata(); }
  void check_invariants() const;

 private:
  struct Chunk {
    std::uint16_t in_use = 0;
    std::uint16_t in_use_before : 15 = 0;  // when the first change of `generation` came
    std::uint16_t has_free : 1 = 0;
    std::uint32_t generation = 0;  // of the last change
  };
  static_assert(sizeof(Chunk) == 8);
  // The chunks of 16 GiB.
  static constexpr unsigned block_shift = 12;
  using Block = Stretch<Chunk>;

  [[nodiscard]] Chunk& changing(std::uint64_t chunk);
  [[nodiscard]] ScavengeCursor& cursor(ScavengeUrgency urgency) {
    return cursors_[static_cast<std::size_t>(urgency)];
  }
  [[nodiscard]] bool suits(const Chunk& chunk, ScavengeUrgency urgency) const;

  unsigned dense_;
  SparseBlocks<Block> blocks_;
  std::uint32_t generation_ = 0;
  std::array<ScavengeCursor, 2> cursors_;  // by urgency
  std::uint64_t highest_freed_ = 0;        // address of a page, in this generation
};

}  // namespace heaplaw::model
