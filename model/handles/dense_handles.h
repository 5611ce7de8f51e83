// Names that have neighbours, each with what it stands for: an array of blocks within a stretch of
// names. It has the room that it was given, and takes no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/handles/name_ranges.h"

namespace heaplaw::model {

class DenseHandles {
 public:
  using Entry = std::uint64_t;  // not 0
  static constexpr std::size_t nowhere_bytes = NameRange::size * sizeof(Entry);

  // Binds a free name, or frees a bound one with entry 0, and no branch tells these apart. False,
  // and nothing done, where it is not so, or where the name has no block.
  [[nodiscard]] bool try_change(std::uint64_t name, Entry entry, bool bind) {
    const std::uint32_t block = block_of(name);
    Entry& place = entries_[index_in(block, name)];
    if ((place == 0) != bind || block == nowhere) return false;
    place = entry;
    return true;
  }
  // What the name stood for; 0 if for nothing, or if it has no block.
  Entry take(std::uint64_t name) {
    return std::exchange(entries_[index_in(block_of(name), name)], 0);
  }
  [[nodiscard]] Entry find(std::uint64_t name) const {
    return entries_[index_in(block_of(name), name)];
  }

  [[nodiscard]] bool has_block(std::uint64_t range) const {
    return block_of(range * NameRange::size) != nowhere;
  }
  [[nodiscard]] bool has_room_for(std::uint64_t range) const;
  // There must be room, and no block yet.
  void make_block(std::uint64_t range);
  // Makes empty blocks unused, and tells what is in the others.
  NameStretch take_back_empty();
  // So many blocks were made since it was last done that they have paid for looking at all blocks,
  // and at the directory, anew.
  [[nodiscard]] bool taking_back_is_paid() const {
    return made_ >= blocks_ / 4 + directory_.size() / (4 * NameRange::size);
  }
  // Room for the stretch, which must have all that is in blocks; and for as much more as fits into
  // so many bytes, beside the block of nowhere.
  void make_room(const NameStretch& stretch, std::size_t bytes);

  // What is bound in each block.
  template <typename Visit>
  void for_each_range(Visit&& visit) const {
    for (std::size_t i = 0; i < directory_.size(); ++i) {
      if (directory_[i] != nowhere) visit(NameRange{first_range() + i, used_in(directory_[i])});
    }
  }
  // Returns how many there are.
  template <typename Visit>
  std::size_t for_each(Visit&& visit) const {
    std::size_t visited = 0;
    for (const Entry entry : entries_) {
      if (entry == 0) continue;
      ++visited;
      visit(entry);
    }
    return visited;
  }

  [[nodiscard]] std::size_t memory() const {
    return (directory_.capacity() + unused_.capacity()) * 4 + entries_.capacity() * sizeof(Entry);
  }
  void check_invariants() const;

 private:
  friend struct DenseHandlesFaults;  // of the test

  static constexpr std::uint32_t nowhere = 0;

  [[nodiscard]] std::uint32_t block_of(std::uint64_t name) const {
    std::uint64_t offset = 0;
    static_cast<void>(__builtin_sub_overflow(name, first_name_, &offset));  // beyond all, if below
    return offset < names_ ? directory_[offset / NameRange::size] : nowhere;
  }
  [[nodiscard]] static std::size_t index_in(std::uint32_t block, std::uint64_t name) {
    return std::uint64_t{block} * NameRange::size + name % NameRange::size;
  }
  [[nodiscard]] std::uint64_t first_range() const { return NameRange::of(first_name_); }
  [[nodiscard]] bool has_place_for(std::uint64_t range) const {
    return range >= first_range() && range - first_range() < directory_.size();
  }
  [[nodiscard]] std::vector<Entry>::const_iterator first_of(std::uint32_t block) const {
    return entries_.begin() + static_cast<std::ptrdiff_t>(index_in(block, 0));
  }
  [[nodiscard]] std::size_t used_in(std::uint32_t block) const;
  void move_to_blocks(std::size_t blocks);
  void move_directory(std::uint64_t first, std::size_t ranges);

  // The first block has no names and is where all names without a block are, nowhere, so that no
  // search has to ask. Unused ones are all zeros.
  std::vector<std::uint32_t> directory_;  // from ranges to blocks
  std::uint64_t first_name_ = 0;          // that it has a place for
  std::uint64_t names_ = 0;               // from there on
  std::vector<Entry> entries_ = std::vector<Entry>(NameRange::size);
  std::vector<std::uint32_t> unused_;  // blocks that were in use
  std::size_t blocks_ = 0;             // that there is room for
  std::size_t used_ = 0;               // of them
  std::size_t made_ = 0;               // since empty ones were taken back
};

}  // namespace heaplaw::model
