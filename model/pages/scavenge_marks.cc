#include "model/pages/scavenge_marks.h"

#include <bit>

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

std::uint64_t bit_of(std::uint64_t chunk) { return std::uint64_t{1} << (chunk % 64); }
std::uint64_t word_of(std::uint64_t chunk) { return chunk / 64; }

}  // namespace

void ScavengeMarks::freed(std::uint64_t chunk, unsigned page, unsigned n) {
  const std::uint64_t word = word_of(chunk);
  blocks_.at(word >> block_shift).at(word) |= bit_of(chunk);
  cursor_.raise(page_address(chunk, page + n - 1));
}

std::optional<ScavengePosition> ScavengeMarks::find() {
  if (!cursor_.address()) return std::nullopt;
  const std::uint64_t top = cursor_.position().chunk;
  std::uint64_t mask = ~std::uint64_t{0} >> (63 - top % 64);
  // Downward, a word at a time; `above` is one past the word.
  for (std::uint64_t above = word_of(top) + 1; above > blocks_.first() << block_shift;
       mask = ~std::uint64_t{0}) {
    const std::uint64_t word = above - 1;
    const Block* const block = blocks_.find(word >> block_shift);
    above = block != nullptr ? word : word >> block_shift << block_shift;
    const std::uint64_t marks = block != nullptr ? block->get(word) & mask : 0;
    if (marks == 0) continue;
    const std::uint64_t chunk = word * 64 + 63 - static_cast<unsigned>(std::countl_zero(marks));
    if (chunk != top) cursor_.fall_to(chunk);
    return cursor_.position();
  }
  cursor_.found_nothing();
  return std::nullopt;
}

void ScavengeMarks::unmark(std::uint64_t chunk) {
  const std::uint64_t word = word_of(chunk);
  blocks_.at(word >> block_shift).at(word) &= ~bit_of(chunk);
}

bool ScavengeMarks::marked(std::uint64_t chunk) const {
  const Block* const block = blocks_.find(word_of(chunk) >> block_shift);
  return block != nullptr && (block->get(word_of(chunk)) & bit_of(chunk)) != 0;
}

void ScavengeMarks::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  for (std::uint64_t b = blocks_.first(); b < blocks_.end(); ++b) {
    const Block* const block = blocks_.find(b);
    for (std::uint64_t w = block ? block->first() : 0; block && w < block->end(); ++w) {
      const std::uint64_t marks = (*block)[w];
      if (marks == 0) continue;
      const std::uint64_t chunk = w * 64 + 63 - static_cast<unsigned>(std::countl_zero(marks));
      HEAPLAW_CHECK(cursor_.address() && chunk <= cursor_.position().chunk,
                    "chunk {:#x} is marked above the scavenger's cursor {:#x}", chunk,
                    cursor_.address().value_or(0));
    }
  }
#endif
}

}  // namespace heaplaw::model
