// From the names that a trace gives to what they stand for: an array where names are small, as they
// are in most traces, a hash table beyond.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "vocabulary/check.h"

namespace heaplaw::model {

class HandleTable {
 public:
  // Whatever the owner likes, but never 0.
  using Entry = std::uint64_t;

  // The name must be free.
  void insert(std::uint64_t name, Entry entry) {
    ++size_;
    if (name >= dense_names) return insert_sparse(name, entry);
    Entry& place = make_dense(name);
    HEAPLAW_CHECK(place == 0, "handle {} is live already", name);
    place = entry;
  }

  // What the name stood for; 0 if for nothing.
  Entry take(std::uint64_t name) {
    const Entry entry = name < dense_names ? take_dense(name) : take_sparse(name);
    if (entry != 0) --size_;
    return entry;
  }

  [[nodiscard]] Entry find(std::uint64_t name) const {
    if (name < dense_names) {
      const std::uint32_t block = block_of(name);
      return block == no_block ? 0 : entries_[index_in(block, name)];
    }
    const std::size_t at = find_sparse(name);
    return at == not_found ? 0 : buckets_[at].entry;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  // In no order that means anything.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const Entry entry : entries_) {
      if (entry != 0) visit(entry);
    }
    for (const Bucket& bucket : buckets_) {
      if (bucket.entry != 0) visit(bucket.entry);
    }
  }

  [[nodiscard]] std::size_t memory() const {
    return directory_.capacity() * 4 + entries_.capacity() * 8 + used_in_block_.capacity() +
           unused_blocks_.capacity() * 4 + buckets_.capacity() * sizeof(Bucket);
  }
  void check_invariants() const;

 private:
  struct Bucket {
    std::uint64_t name = 0;
    Entry entry = 0;
  };
  static constexpr std::uint64_t dense_names = std::uint64_t{1} << 26;
  static constexpr unsigned block_names = 64;
  static constexpr std::uint32_t no_block = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t not_found = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] std::uint32_t block_of(std::uint64_t name) const {
    const std::uint64_t which = name / block_names;
    return which < directory_.size() ? directory_[which] : no_block;
  }
  [[nodiscard]] static std::size_t index_in(std::uint32_t block, std::uint64_t name) {
    return std::uint64_t{block} * block_names + name % block_names;
  }
  Entry take_dense(std::uint64_t name) {
    const std::uint32_t block = block_of(name);
    if (block == no_block) return 0;
    Entry& place = entries_[index_in(block, name)];
    const Entry entry = place;
    if (entry == 0) return 0;
    place = 0;
    if (--used_in_block_[block] == 0) leave_block(name / block_names);
    return entry;
  }

  Entry& make_dense(std::uint64_t name) {
    std::uint32_t block = block_of(name);
    if (block == no_block) block = enter_block(name / block_names);
    ++used_in_block_[block];
    return entries_[index_in(block, name)];
  }
  std::uint32_t enter_block(std::uint64_t which);
  std::uint32_t take_block();
  void leave_block(std::uint64_t which);
  void insert_sparse(std::uint64_t name, Entry entry);
  void grow_sparse();
  [[nodiscard]] std::size_t find_sparse(std::uint64_t name) const;
  Entry take_sparse(std::uint64_t name);
  void close_gap(std::size_t gap);

  // Names below dense_names: blocks of neighbours, made when the first of them comes and used again
  // when the last of them goes.
  std::vector<std::uint32_t> directory_;
  std::vector<Entry> entries_;
  std::vector<std::uint8_t> used_in_block_;
  std::vector<std::uint32_t> unused_blocks_;
  // The others: open addressing, at most three quarters full.
  std::vector<Bucket> buckets_;
  std::size_t sparse_used_ = 0;
  std::size_t size_ = 0;
};

}  // namespace heaplaw::model
