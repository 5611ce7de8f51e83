#include "model/handles/sparse_handles.h"

#include <algorithm>
#include <iterator>

#include "vocabulary/check.h"

namespace heaplaw::model {

SparseHandles::Block::const_iterator SparseHandles::place_of(const Block& block,
                                                             std::uint64_t name) {
  return std::lower_bound(block.begin(), block.end(), name,
                          [](const Record& record, std::uint64_t n) { return record.name < n; });
}

void SparseHandles::insert(std::uint64_t name, Entry entry) {
  HEAPLAW_CHECK(entry != 0 && entry <= largest_entry, "handle {} stands for {:#x}", name, entry);
  if (blocks_.empty()) blocks_.try_emplace(0);
  auto found = block_of(name);
  if (found->second.size() == most) {
    split(found);
    found = block_of(name);
  }
  Block& block = found->second;
  const auto at = place_of(block, name);
  HEAPLAW_CHECK(!holds(block, at, name), "handle {} is live already", name);
  const auto index = at - block.begin();
  if (block.size() == block.capacity()) block.reserve(block.size() + growth);
  block.insert(block.begin() + index, {.name = name, .entry = entry & largest_entry});
  ++size_;
}

SparseHandles::Entry SparseHandles::take(std::uint64_t name) {
  if (blocks_.empty()) return 0;
  const auto found = block_of(name);
  Block& block = found->second;
  const auto at = place_of(block, name);
  if (!holds(block, at, name)) return 0;
  const Entry entry = at->entry;
  block.erase(at);
  --size_;
  if (block.capacity() - block.size() > most_slack) block = Block(block);
  if (found != blocks_.begin()) {
    if (const auto before = std::prev(found); should_be_one(before->second, block)) {
      join_with_next(before);
      return entry;
    }
  }
  if (const auto after = std::next(found);
      after != blocks_.end() && should_be_one(block, after->second)) {
    join_with_next(found);
  }
  return entry;
}

SparseHandles::Entry SparseHandles::find(std::uint64_t name) const {
  if (blocks_.empty()) return 0;
  const Block& block = std::prev(blocks_.upper_bound(name))->second;
  const auto at = place_of(block, name);
  return holds(block, at, name) ? Entry{at->entry} : 0;
}

bool SparseHandles::has_any(std::uint64_t first, std::uint64_t names) const {
  if (blocks_.empty()) return false;
  auto block = std::prev(blocks_.upper_bound(first));
  auto at = place_of(block->second, first);
  if (at == block->second.end()) {
    if (++block == blocks_.end()) return false;
    at = block->second.begin();  // only where there is no other block is one empty
  }
  return at->name - first < names;
}

void SparseHandles::split(Blocks::iterator full) {
  Block& low = full->second;
  const auto middle = low.begin() + most / 2;
  const std::uint64_t lowest = middle->name;
  blocks_.emplace_hint(std::next(full), lowest, Block(middle, low.end()));
  low = Block(low.begin(), middle);
}

bool SparseHandles::should_be_one(const Block& a, const Block& b) {
  return a.size() + b.size() <= most / 4 * 3 || a.empty() || b.empty();
}

void SparseHandles::join_with_next(Blocks::iterator block) {
  const auto next = std::next(block);
  Block both;
  both.reserve(block->second.size() + next->second.size());
  both.insert(both.end(), block->second.begin(), block->second.end());
  both.insert(both.end(), next->second.begin(), next->second.end());
  block->second = std::move(both);
  blocks_.erase(next);
}

std::size_t SparseHandles::memory() const {
  // A node of the map: its value behind a colour and three pointers.
  constexpr std::size_t node = sizeof(Blocks::value_type) + 4 * sizeof(void*);
  std::size_t bytes = blocks_.size() * node;
  for (const auto& [lowest, block] : blocks_) bytes += block.capacity() * sizeof(Record);
  return bytes;
}

void SparseHandles::check_invariants() const {
  std::size_t seen = 0;
  const Block* before = nullptr;
  for (auto at = blocks_.begin(); at != blocks_.end(); ++at) {
    const auto& [lowest, block] = *at;
    const auto next = std::next(at);
    HEAPLAW_CHECK(before != nullptr || lowest == 0, "the first block begins at {}", lowest);
    HEAPLAW_CHECK(before == nullptr || !should_be_one(*before, block),
                  "blocks of {} and {} handles are two at {}", before->size(), block.size(),
                  lowest);
    HEAPLAW_CHECK(block.size() <= most && block.capacity() - block.size() <= most_slack,
                  "{} handles from {} in room for {}", block.size(), lowest, block.capacity());
    const auto out_of_order =
        std::adjacent_find(block.begin(), block.end(),
                           [](const Record& a, const Record& b) { return a.name >= b.name; });
    HEAPLAW_CHECK(out_of_order == block.end(), "handles from {} are out of order", lowest);
    for (const Record record : block) {
      const std::uint64_t name = record.name;
      HEAPLAW_CHECK(name >= lowest && (next == blocks_.end() || name < next->first),
                    "handle {} is not found", name);
      HEAPLAW_CHECK(record.entry != 0, "handle {} stands for nothing", name);
    }
    seen += block.size();
    before = &block;
  }
  HEAPLAW_CHECK(seen == size_, "{} sparse handles, counted {}", seen, size_);
}

}  // namespace heaplaw::model
