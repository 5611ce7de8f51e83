#include "model/handles/handle_table.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

void HandleTable::insert_slowly(std::uint64_t name, Entry entry) {
  if (name >= dense_names) return sparse_.insert(name, entry);
  std::uint32_t block = block_of(name);
  if (block == nowhere) block = enter_block(name / block_names);
  Entry& place = entries_[index_in(block, name)];
  HEAPLAW_CHECK(place == 0, "handle {} is live already", name);
  place = entry;
}

std::uint32_t HandleTable::enter_block(std::uint64_t which) {
  if (which >= directory_.size()) {
    if (which >= directory_.capacity()) directory_.reserve(2 * (which + 1));
    directory_.resize(which + 1, nowhere);
    directory_end_ = directory_.size() * block_names;
  }
  if (unused_blocks_.empty()) make_room();
  const std::uint32_t block = unused_blocks_.back();
  unused_blocks_.pop_back();
  owners_[block] = static_cast<std::uint32_t>(which);
  return directory_[which] = block;
}

// Looks for empty blocks only after so many new ones that the search is paid for. An empty block is
// all zeros, as a new one must be.
void HandleTable::make_room() {
  const std::size_t blocks = owners_.size();
  if (entries_.size() == entries_.capacity()) {
    for (std::uint32_t block = nowhere + 1; block < blocks; ++block) {
      if (used_in(block) != 0) continue;
      directory_[owners_[block]] = nowhere;
      unused_blocks_.push_back(block);
    }
    if (unused_blocks_.size() > blocks / 4) return;
    // By half, since doubling would take more than 16 bytes a handle at worst.
    entries_.reserve((blocks + blocks / 2 + 1) * block_names);
  }
  unused_blocks_.push_back(static_cast<std::uint32_t>(blocks));
  owners_.push_back(0);
  entries_.resize((blocks + 1) * block_names);
}

std::size_t HandleTable::used_in(std::uint32_t block) const {
  const auto first = entries_.begin() + static_cast<std::ptrdiff_t>(index_in(block, 0));
  return block_names - static_cast<std::size_t>(std::count(first, first + block_names, Entry{0}));
}

std::size_t HandleTable::size() const {
  std::size_t size = sparse_.size();
  for (std::uint32_t block = nowhere; block < owners_.size(); ++block) size += used_in(block);
  return size;
}

void HandleTable::check_invariants() const {
  HEAPLAW_CHECK(used_in(nowhere) == 0, "{} names that have no block are bound", used_in(nowhere));
  std::vector<bool> has_names(owners_.size(), false);
  for (std::uint64_t which = 0; which < directory_.size(); ++which) {
    const std::uint32_t block = directory_[which];
    if (block == nowhere) continue;
    HEAPLAW_CHECK(owners_[block] == which && !has_names[block], "names {} are in block {} of {}",
                  which, block, owners_[block]);
    has_names[block] = true;
  }
  for (const std::uint32_t block : unused_blocks_) {
    HEAPLAW_CHECK(!has_names[block] && used_in(block) == 0, "block {} is in use", block);
  }
  sparse_.check_invariants();
}

}  // namespace heaplaw::model
