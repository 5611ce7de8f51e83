// From the names that a trace gives to what they stand for: an array where names are small, as they
// are in most traces, sorted records beyond.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/handles/sparse_handles.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

class HandleTable {
 public:
  // Not 0, and at most SparseHandles::largest_entry.
  using Entry = SparseHandles::Entry;

  // The name must be free.
  void insert(std::uint64_t name, Entry entry) {
    if (!try_change(name, entry, true)) insert_slowly(name, entry);
  }

  // What the name stood for; 0 if for nothing.
  Entry take(std::uint64_t name) {
    return name < dense_names ? take_dense(name) : sparse_.take(name);
  }

  // Binds a free name, or frees a bound one with entry 0, and no branch tells these apart. False,
  // and nothing done, where it is not so, or where more than the name's own place must change.
  [[nodiscard]] bool try_change(std::uint64_t name, Entry entry, bool bind) {
    const std::uint32_t block = block_of(name);
    Entry& place = entries_[index_in(block, name)];
    if ((place == 0) != bind || block == nowhere) return false;
    place = entry;
    return true;
  }

  [[nodiscard]] Entry find(std::uint64_t name) const {
    if (name >= dense_names) return sparse_.find(name);
    return entries_[index_in(block_of(name), name)];
  }

  // Counts; for those who look.
  [[nodiscard]] std::size_t size() const;

  // In no order that means anything.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const Entry entry : entries_) {
      if (entry != 0) visit(entry);
    }
    sparse_.for_each(visit);
  }

  [[nodiscard]] std::size_t memory() const {
    return directory_.capacity() * 4 + entries_.capacity() * 8 + owners_.capacity() * 4 +
           unused_blocks_.capacity() * 4 + sparse_.memory();
  }
  void check_invariants() const;

 private:
  friend struct HandleTableFaults;  // of the test

  static constexpr std::uint64_t dense_names = std::uint64_t{1} << 26;
  static constexpr unsigned block_names = 64;
  static constexpr std::uint32_t nowhere = 0;

  [[nodiscard]] std::uint32_t block_of(std::uint64_t name) const {
    return name < directory_end_ ? directory_[name / block_names] : nowhere;
  }
  [[nodiscard]] static std::size_t index_in(std::uint32_t block, std::uint64_t name) {
    return std::uint64_t{block} * block_names + name % block_names;
  }
  Entry take_dense(std::uint64_t name) {
    return std::exchange(entries_[index_in(block_of(name), name)], 0);
  }
  void insert_slowly(std::uint64_t name, Entry entry);
  std::uint32_t enter_block(std::uint64_t which);
  void make_room();
  [[nodiscard]] std::size_t used_in(std::uint32_t block) const;

  // Names below dense_names: blocks of neighbours, made when the first of them comes; empty ones
  // are looked for when there is no room left. The first block has no names and is where all names
  // without a block are, nowhere, so that no search has to ask.
  std::vector<std::uint32_t> directory_;  // from names to blocks
  std::uint64_t directory_end_ = 0;       // the first name that it has no place for
  std::vector<Entry> entries_ = std::vector<Entry>(block_names);
  std::vector<std::uint32_t> owners_ = {0};  // from blocks to names: those times block_names
  std::vector<std::uint32_t> unused_blocks_;
  SparseHandles sparse_;  // the others
};

}  // namespace heaplaw::model
