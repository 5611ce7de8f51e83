#include "model/pages/chunk_occupancy.h"

#include <algorithm>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

ChunkOccupancy::Chunk& ChunkOccupancy::changing(std::uint64_t chunk) {
  Chunk& c = blocks_.at(chunk >> block_shift).at(chunk);
  if (c.generation != generation_) {
    c.in_use_before = c.in_use & 0x7fffU;
    c.generation = generation_;
  }
  return c;
}

void ChunkOccupancy::allocated(std::uint64_t chunk, unsigned n) {
  Chunk& c = changing(chunk);
  HEAPLAW_ASSERT(c.in_use + n <= chunk_pages,
                 "{} pages more in chunk {:#x}, of which {} are in use", n, chunk_base(chunk),
                 c.in_use);
  c.in_use = static_cast<std::uint16_t>(c.in_use + n);
  if (c.in_use == chunk_pages) c.has_free = 0;
}

void ChunkOccupancy::freed(std::uint64_t chunk, unsigned last_page, unsigned n) {
  Chunk& c = changing(chunk);
  HEAPLAW_ASSERT(n <= c.in_use, "{} pages freed in chunk {:#x}, of which {} are in use", n,
                 chunk_base(chunk), c.in_use);
  c.in_use = static_cast<std::uint16_t>(c.in_use - n);
  c.has_free = 1;
  const std::uint64_t address = page_address(chunk, last_page);
  highest_freed_ = std::max(highest_freed_, address);
  cursor(ScavengeUrgency::forced).raise(address);
}

bool ChunkOccupancy::suits(const Chunk& chunk, ScavengeUrgency urgency) const {
  if (chunk.has_free == 0) return false;
  if (urgency == ScavengeUrgency::forced) return true;
  const bool was_dense = chunk.generation == generation_ && chunk.in_use_before >= dense_;
  if (chunk.in_use < dense_ && !was_dense) return true;
  HEAPLAW_REACH("scavenge: a dense chunk was left alone");
  return false;
}

std::optional<ScavengePosition> ChunkOccupancy::find(ScavengeUrgency urgency) {
  ScavengeCursor& from = cursor(urgency);
  if (!from.address()) return std::nullopt;
  const std::uint64_t top = from.position().chunk;
  // `above` is one past the chunk.
  for (std::uint64_t above = top + 1; above > blocks_.first() << block_shift;) {
    const std::uint64_t chunk = above - 1;
    const Block* const block = blocks_.find(chunk >> block_shift);
    above = block != nullptr ? chunk : chunk >> block_shift << block_shift;
    if (block == nullptr || !suits(block->get(chunk), urgency)) continue;
    if (chunk != top) from.fall_to(chunk);
    return from.position();
  }
  from.found_nothing();
  return std::nullopt;
}

void ChunkOccupancy::set_empty(std::uint64_t chunk) {
  // No change of the occupancy: the generation stays.
  blocks_.at(chunk >> block_shift).at(chunk).has_free = 0;
}

void ChunkOccupancy::next_generation() {
  ++generation_;
  if (highest_freed_ != 0) cursor(ScavengeUrgency::background).raise(highest_freed_);
  highest_freed_ = 0;
}

unsigned ChunkOccupancy::in_use(std::uint64_t chunk) const {
  const Block* const block = blocks_.find(chunk >> block_shift);
  return block != nullptr ? block->get(chunk).in_use : 0;
}

bool ChunkOccupancy::may_release(std::uint64_t chunk, ScavengeUrgency urgency) const {
  const Block* const block = blocks_.find(chunk >> block_shift);
  return block != nullptr && suits(block->get(chunk), urgency);
}

void ChunkOccupancy::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  const ScavengeCursor& forced = cursors_[static_cast<std::size_t>(ScavengeUrgency::forced)];
  for (std::uint64_t b = blocks_.first(); b < blocks_.end(); ++b) {
    const Block* const block = blocks_.find(b);
    for (std::uint64_t chunk = block ? block->first() : 0; block && chunk < block->end(); ++chunk) {
      const Chunk& c = (*block)[chunk];
      HEAPLAW_CHECK(c.in_use <= chunk_pages, "{} pages of chunk {:#x} in use", c.in_use,
                    chunk_base(chunk));
      HEAPLAW_CHECK(c.has_free == 0 || c.in_use < chunk_pages, "full chunk {:#x} has free pages",
                    chunk_base(chunk));
      HEAPLAW_CHECK(c.has_free == 0 || (forced.address() && chunk <= forced.position().chunk),
                    "chunk {:#x} has free pages above the forced cursor {:#x}", chunk_base(chunk),
                    forced.address().value_or(0));
    }
  }
#endif
}

}  // namespace heaplaw::model
