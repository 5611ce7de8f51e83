#include "model/pages/scavenge_marks.h"

#include <bit>

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

std::uint64_t bit_of(std::uint64_t chunk) { return std::uint64_t{1} << (chunk % 64); }
unsigned word_of(std::uint64_t chunk) { return static_cast<unsigned>(chunk / 64 % 64); }

}  // namespace

void ScavengeMarks::freed(std::uint64_t chunk, unsigned page, unsigned n) {
  blocks_.at(chunk >> block_shift)[word_of(chunk)] |= bit_of(chunk);
  cursor_.raise(page_address(chunk, page + n - 1));
}

std::optional<ScavengePosition> ScavengeMarks::find() {
  if (!cursor_.address()) return std::nullopt;
  const std::uint64_t top = cursor_.position().chunk;
  std::uint64_t mask = ~std::uint64_t{0} >> (63 - top % 64);
  // Downward, a word at a time; `above` is one past the word.
  for (std::uint64_t above = top / 64 + 1; above > blocks_.first() * 64; mask = ~std::uint64_t{0}) {
    const std::uint64_t word = above - 1;
    const Block* const block = blocks_.find(word / 64);
    above = block != nullptr ? word : word / 64 * 64;
    const std::uint64_t marks = block != nullptr ? (*block)[word % 64] & mask : 0;
    if (marks == 0) continue;
    const std::uint64_t chunk = word * 64 + 63 - static_cast<unsigned>(std::countl_zero(marks));
    if (chunk != top) cursor_.fall_to(chunk);
    return cursor_.position();
  }
  cursor_.found_nothing();
  return std::nullopt;
}

void ScavengeMarks::unmark(std::uint64_t chunk) {
  blocks_.at(chunk >> block_shift)[word_of(chunk)] &= ~bit_of(chunk);
}

bool ScavengeMarks::marked(std::uint64_t chunk) const {
  const Block* const block = blocks_.find(chunk >> block_shift);
  return block != nullptr && ((*block)[word_of(chunk)] & bit_of(chunk)) != 0;
}

void ScavengeMarks::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  for (std::uint64_t b = blocks_.first(); b < blocks_.end(); ++b) {
    const Block* const block = blocks_.find(b);
    for (std::size_t w = 0; block != nullptr && w < block->size(); ++w) {
      const std::uint64_t marks = (*block)[w];
      if (marks == 0) continue;
      const std::uint64_t chunk =
          (b << block_shift) + w * 64 + 63 - static_cast<unsigned>(std::countl_zero(marks));
      HEAPLAW_CHECK(cursor_.address() && chunk <= cursor_.position().chunk,
                    "chunk {:#x} is marked above the scavenger's cursor {:#x}", chunk,
                    cursor_.address().value_or(0));
    }
  }
#endif
}

}  // namespace heaplaw::model
