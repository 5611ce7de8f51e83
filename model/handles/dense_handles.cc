#include "model/handles/dense_handles.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

bool DenseHandles::has_room_for(std::uint64_t range) const {
  if (used_ == blocks_) return false;
  return used_ == 0 || has_place_for(range);
}

void DenseHandles::make_block(std::uint64_t range) {
  // Wherever the first name is, and with room on both sides: they need not come in order. But a
  // directory that was made for a stretch stays where that is.
  if (used_ == 0 && !has_place_for(range)) {
    first_name_ = (range - std::min(range, directory_.size() / 4)) * NameRange::size;
  }
  HEAPLAW_ASSERT(used_ < blocks_ && has_place_for(range) && !has_block(range),
                 "no room for a block of range {}", range);
  if (unused_.empty()) {
    unused_.push_back(static_cast<std::uint32_t>(entries_.size() / NameRange::size));
    entries_.reserve((blocks_ + 1) * NameRange::size);  // again only in a copy
    entries_.resize(entries_.size() + NameRange::size);
  }
  directory_[range - first_range()] = unused_.back();
  unused_.pop_back();
  ++used_;
  ++made_;
}

NameStretch DenseHandles::take_back_empty() {
  unused_.reserve(blocks_);  // again only in a copy
  NameStretch left;
  for_each_range([&](const NameRange& range) {
    if (range.live == 0) {
      unused_.push_back(std::exchange(directory_[range.number - first_range()], nowhere));
      return;
    }
    if (left.blocks == 0) left.first = range.number;
    left.end = range.number + 1;
    ++left.blocks;
    left.live += range.live;
  });
  used_ = left.blocks;
  made_ = 0;
  return left;
}

// Blocks stay where they are while a quarter is free and there are not too many. Of what there may
// be a sixteenth stays unmade, so that a few drops do not make it too many.
void DenseHandles::make_room(const NameStretch& stretch, std::size_t bytes) {
  const std::uint64_t ranges = stretch.end - stretch.first;
  const std::size_t places = ranges * ArrayCost::place;
  const std::size_t most =
      std::max(stretch.blocks, bytes > places ? (bytes - places) / ArrayCost::block : 0);
  const std::size_t wanted = std::max(stretch.blocks, most - most / 16);
  const bool is_full = blocks_ <= stretch.blocks + blocks_ / 4;
  if (blocks_ > most || (is_full && blocks_ < wanted)) move_to_blocks(wanted);
  const std::size_t spare = blocks_ * ArrayCost::spare_places;
  move_directory(stretch.first - std::min(stretch.first, spare / 4), ranges + spare);
}

void DenseHandles::move_to_blocks(std::size_t blocks) {
  std::vector<Entry> entries;
  entries.reserve((blocks + 1) * NameRange::size);
  const auto move = [&](std::uint32_t block) {
    const auto first = first_of(block);
    entries.insert(entries.end(), first, first + NameRange::size);
  };
  move(nowhere);
  for (std::uint32_t& block : directory_) {
    if (block == nowhere) continue;
    move(block);
    block = static_cast<std::uint32_t>(entries.size() / NameRange::size - 1);
  }
  entries_ = std::move(entries);
  std::vector<std::uint32_t> unused;
  unused.reserve(blocks);
  unused_ = std::move(unused);
  blocks_ = blocks;
}

void DenseHandles::move_directory(std::uint64_t first, std::size_t ranges) {
  std::vector<std::uint32_t> directory(ranges, nowhere);
  for (std::size_t i = 0; i < directory_.size(); ++i) {
    if (directory_[i] != nowhere) directory[first_range() + i - first] = directory_[i];
  }
  directory_ = std::move(directory);
  first_name_ = first * NameRange::size;
  names_ = directory_.size() * NameRange::size;
}

std::size_t DenseHandles::used_in(std::uint32_t block) const {
  const auto first = first_of(block);
  return NameRange::size -
         static_cast<std::size_t>(std::count(first, first + NameRange::size, Entry{0}));
}

void DenseHandles::check_invariants() const {
  HEAPLAW_CHECK(used_in(nowhere) == 0, "{} names that have no block are bound", used_in(nowhere));
  HEAPLAW_CHECK(first_name_ % NameRange::size == 0 && names_ == directory_.size() * NameRange::size,
                "{} ranges are {} names from {}", directory_.size(), names_, first_name_);
  const std::size_t blocks = entries_.size() / NameRange::size;
  HEAPLAW_CHECK(blocks <= blocks_ + 1, "{} blocks, of at most {}", blocks, blocks_ + 1);
  std::vector<bool> seen(blocks, false);
  const auto see = [&](std::uint32_t block) {
    HEAPLAW_CHECK(block < blocks && !seen[block], "block {} of {} is there twice", block, blocks);
    seen[block] = true;
  };
  see(nowhere);
  for (const std::uint32_t block : directory_) {
    if (block != nowhere) see(block);
  }
  const auto used = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true)) - 1;
  HEAPLAW_CHECK(used == used_, "{} blocks in use, counted {}", used, used_);
  for (const std::uint32_t block : unused_) {
    see(block);
    HEAPLAW_CHECK(used_in(block) == 0, "{} names in block {}, unused", used_in(block), block);
  }
  const auto lost = std::find(seen.begin(), seen.end(), false);
  HEAPLAW_CHECK(lost == seen.end(), "block {} is lost", lost - seen.begin());
}

}  // namespace heaplaw::model
