// Which chunks may have free pages that are not scavenged: a bit a chunk and a cursor that only
// falls until new memory is freed above it (runtime/mgcscavenge.go scavengeIndex of 1.19; SC-18).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/pages/boxed.h"
#include "model/pages/page_geometry.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class ScavengeIndex {
 public:
  struct Position {
    std::uint64_t chunk = 0;
    unsigned page = 0;  // where the cursor stands in the chunk

    bool operator==(const Position&) const = default;
  };

  // [base, limit) was freed: its chunks are marked and the cursor is raised to its last page.
  void mark(std::uint64_t base, std::uint64_t limit);
  // The highest marked chunk at or below the cursor; moves the cursor there.
  [[nodiscard]] std::optional<Position> find();
  // Nothing more to be had from this chunk.
  void unmark(std::uint64_t chunk);

  [[nodiscard]] bool marked(std::uint64_t chunk) const;
  [[nodiscard]] Bytes metadata() const;
  // No marked chunk lies above the cursor.
  void check_invariants() const;

 private:
  // The chunks of 16 GiB.
  using Block = std::array<std::uint64_t, 64>;
  static constexpr unsigned block_shift = 12;

  [[nodiscard]] Block& block_for(std::uint64_t chunk);

  std::vector<Boxed<Block>> blocks_;  // from first_block_ on, null where never marked
  std::uint64_t first_block_ = 0;
  std::optional<std::uint64_t> cursor_;  // address of a page; nothing when exhausted
};

}  // namespace heaplaw::model
