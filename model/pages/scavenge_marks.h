// Which chunks may have free pages that are not scavenged: a bit a chunk and a cursor that only
// falls until new memory is freed above it (runtime/mgcscavenge.go scavengeIndex of 1.19; SC-18).
#pragma once

#include <cstdint>
#include <optional>

#include "model/pages/page_geometry.h"
#include "model/pages/scavenge_cursor.h"
#include "model/pages/sparse_blocks.h"
#include "model/pages/stretch.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class ScavengeMarks {
 public:
  // The chunk is marked, and the cursor raised to the last of these pages.
  void freed(std::uint64_t chunk, unsigned page, unsigned n);
  // The highest marked chunk at or below the cursor; moves the cursor there.
  [[nodiscard]] std::optional<ScavengePosition> find();
  // Nothing more to be had from this chunk.
  void unmark(std::uint64_t chunk);

  [[nodiscard]] bool marked(std::uint64_t chunk) const;
  [[nodiscard]] Bytes metadata() const { return blocks_.metadata(); }
  // No marked chunk lies above the cursor.
  void check_invariants() const;

 private:
  // Words of 64 chunks, in blocks of 16 GiB.
  using Block = Stretch<std::uint64_t>;
  static constexpr unsigned block_shift = 6;

  SparseBlocks<Block> blocks_;
  ScavengeCursor cursor_;
};

}  // namespace heaplaw::model
