#include "model/pages/scavenge_index.h"

#include <algorithm>
#include <bit>

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t bits_from(unsigned first) { return ~((std::uint64_t{1} << first) - 1); }
constexpr std::uint64_t bits_to(unsigned last) { return ~std::uint64_t{0} >> (63 - last); }

}  // namespace

ScavengeIndex::Block& ScavengeIndex::block_for(std::uint64_t chunk) {
  const std::uint64_t index = chunk >> block_shift;
  if (blocks_.empty()) first_block_ = index;
  if (index < first_block_) {
    std::vector<Boxed<Block>> wider(first_block_ - index + blocks_.size());
    std::ranges::move(blocks_, wider.end() - static_cast<std::ptrdiff_t>(blocks_.size()));
    blocks_ = std::move(wider);
    first_block_ = index;
  }
  if (index - first_block_ >= blocks_.size()) blocks_.resize(index - first_block_ + 1);
  Boxed<Block>& block = blocks_[index - first_block_];
  if (!block) block = Boxed<Block>(std::make_unique<Block>());
  return *block;
}

void ScavengeIndex::mark(std::uint64_t base, std::uint64_t limit) {
  const std::uint64_t last_page = limit - page_size.raw();
  const std::uint64_t first = chunk_of(base);
  const std::uint64_t last = chunk_of(last_page);
  for (std::uint64_t word = first / 64; word <= last / 64; ++word) {
    const std::uint64_t from = word == first / 64 ? bits_from(first % 64) : bits_from(0);
    const std::uint64_t to = word == last / 64 ? bits_to(last % 64) : bits_to(63);
    block_for(word * 64)[word % 64] |= from & to;
  }
  cursor_ = std::max(cursor_.value_or(0), last_page);
}

std::optional<ScavengeIndex::Position> ScavengeIndex::find() {
  if (!cursor_) return std::nullopt;
  const std::uint64_t top = chunk_of(*cursor_);
  std::uint64_t mask = bits_to(top % 64);
  // Downward, a word at a time; `above` is one past the word.
  for (std::uint64_t above = top / 64 + 1; above > first_block_ * 64; mask = ~std::uint64_t{0}) {
    const std::uint64_t word = above - 1;
    const Boxed<Block>& block = blocks_[word / 64 - first_block_];
    above = block ? word : word / 64 * 64;
    const std::uint64_t marks = block ? (*block)[word % 64] & mask : 0;
    if (marks == 0) continue;
    const std::uint64_t chunk = word * 64 + 63 - static_cast<unsigned>(std::countl_zero(marks));
    if (chunk != top) cursor_ = page_address(chunk, chunk_pages - 1);
    return Position{chunk, page_in_chunk(*cursor_)};
  }
  cursor_.reset();
  return std::nullopt;
}

void ScavengeIndex::unmark(std::uint64_t chunk) {
  block_for(chunk)[chunk / 64 % 64] &= ~(std::uint64_t{1} << (chunk % 64));
}

bool ScavengeIndex::marked(std::uint64_t chunk) const {
  const std::uint64_t index = chunk >> block_shift;
  if (index < first_block_ || index - first_block_ >= blocks_.size()) return false;
  const Boxed<Block>& block = blocks_[index - first_block_];
  return block && (*block)[chunk / 64 % 64] >> (chunk % 64) & 1;
}

Bytes ScavengeIndex::metadata() const {
  const auto used = static_cast<std::uint64_t>(
      std::ranges::count_if(blocks_, [](const auto& block) { return block != nullptr; }));
  return Bytes{sizeof *this + blocks_.capacity() * sizeof blocks_[0] + used * sizeof(Block)};
}

void ScavengeIndex::check_invariants() const {
#if HEAPLAW_INVARIANTS >= 2
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    for (std::size_t w = 0; blocks_[b] && w < blocks_[b]->size(); ++w) {
      const std::uint64_t marks = (*blocks_[b])[w];
      if (marks == 0) continue;
      const std::uint64_t chunk = ((first_block_ + b) << block_shift) + w * 64 + 63 -
                                  static_cast<unsigned>(std::countl_zero(marks));
      HEAPLAW_CHECK(cursor_ && chunk <= chunk_of(*cursor_),
                    "chunk {:#x} is marked above the scavenger's cursor {:#x}", chunk,
                    cursor_.value_or(0));
    }
  }
#endif
}

}  // namespace heaplaw::model
