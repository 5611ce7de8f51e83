#include "model/handles/handle_table.h"

#include <algorithm>
#include <bit>

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

constexpr std::size_t first_buckets = 16;

// Fibonacci hashing: names that differ in any bits spread over the high ones. Buckets are a power
// of two.
std::size_t bucket_of(std::uint64_t name, std::size_t buckets) {
  std::uint64_t mixed = 0;
  static_cast<void>(__builtin_mul_overflow(name, std::uint64_t{0x9e3779b97f4a7c15}, &mixed));
  return static_cast<std::size_t>(mixed >> (64 - std::countr_zero(buckets)));
}

}  // namespace

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

void HandleTable::insert_sparse(std::uint64_t name, Entry entry) {
  if ((sparse_used_ + 1) * 4 > buckets_.size() * 3) grow_sparse();
  std::size_t at = bucket_of(name, buckets_.size());
  while (buckets_[at].entry != 0) {
    HEAPLAW_CHECK(buckets_[at].name != name, "handle {} is live already", name);
    at = at + 1 == buckets_.size() ? 0 : at + 1;
  }
  buckets_[at] = {name, entry};
  ++sparse_used_;
}

void HandleTable::grow_sparse() {
  std::vector<Bucket> old(std::max(first_buckets, buckets_.size() * 2));
  old.swap(buckets_);
  sparse_used_ = 0;
  for (const Bucket& bucket : old) {
    if (bucket.entry != 0) insert_sparse(bucket.name, bucket.entry);
  }
}

std::size_t HandleTable::find_sparse(std::uint64_t name) const {
  if (buckets_.empty()) return not_found;
  std::size_t at = bucket_of(name, buckets_.size());
  while (buckets_[at].entry != 0) {
    if (buckets_[at].name == name) return at;
    at = at + 1 == buckets_.size() ? 0 : at + 1;
  }
  return not_found;
}

HandleTable::Entry HandleTable::take_sparse(std::uint64_t name) {
  const std::size_t found = find_sparse(name);
  if (found == not_found) return 0;
  const Entry entry = buckets_[found].entry;
  --sparse_used_;
  close_gap(found);
  return entry;
}

// Moves later entries back where a search for them would else stop at the gap.
void HandleTable::close_gap(std::size_t gap) {
  const std::size_t n = buckets_.size();
  for (std::size_t at = gap + 1 == n ? 0 : gap + 1; buckets_[at].entry != 0;
       at = at + 1 == n ? 0 : at + 1) {
    const std::size_t home = bucket_of(buckets_[at].name, n);
    const bool home_in_between = gap < at ? home > gap && home <= at : home > gap || home <= at;
    if (home_in_between) continue;
    buckets_[gap] = buckets_[at];
    gap = at;
  }
  buckets_[gap] = {};
}

std::size_t HandleTable::size() const {
  std::size_t size = sparse_used_;
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
  std::size_t sparse = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    if (buckets_[i].entry == 0) continue;
    ++sparse;
    HEAPLAW_CHECK(find_sparse(buckets_[i].name) == i, "handle {} is not found", buckets_[i].name);
  }
  HEAPLAW_CHECK(sparse == sparse_used_, "{} sparse handles, counted {}", sparse, sparse_used_);
}

}  // namespace heaplaw::model
