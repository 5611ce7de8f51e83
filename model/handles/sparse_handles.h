// Names that lie anywhere, each with what it stands for, in at most 16 bytes: blocks of records in
// ascending order. Nothing is hashed, so that no choice of names is worse than another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace heaplaw::model {

class SparseHandles {
 public:
  // Not 0, and at most largest_entry: what an ObjectRef takes.
  using Entry = std::uint64_t;
  static constexpr Entry largest_entry = (Entry{1} << 48) - 1;
  static constexpr std::size_t record_bytes = 14;  // and up to 2 more for what holds records

  // The name must be free.
  void insert(std::uint64_t name, Entry entry);
  // What the name stood for; 0 if for nothing.
  Entry take(std::uint64_t name);
  [[nodiscard]] Entry find(std::uint64_t name) const;

  // Is any of so many names bound, from the first on? The last may be 2^64 - 1.
  [[nodiscard]] bool has_any(std::uint64_t first, std::uint64_t names) const;

  [[nodiscard]] std::size_t size() const { return size_; }

  // In ascending order of names.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const auto& [lowest, block] : blocks_) {
      for (const Record record : block) visit(std::uint64_t{record.name}, Entry{record.entry});
    }
  }

  [[nodiscard]] std::size_t memory() const;
  // Throws CheckFailure where records are out of order or the blocks too many for the promise.
  void check_invariants() const;

 private:
  friend struct SparseHandlesFaults;  // of the test

  struct [[gnu::packed]] Record {
    std::uint64_t name;
    std::uint64_t entry : 48;
  };
  static_assert(sizeof(Record) == record_bytes);
  using Block = std::vector<Record>;
  using Blocks = std::map<std::uint64_t, Block>;

  // A full block falls into halves; two neighbours that fill three quarters of one become one. So a
  // block has more than 3/8 of `most` records on average, over which its cost and slack are spread.
  static constexpr std::size_t most = 512;
  static constexpr std::size_t growth = 8;      // records at a time
  static constexpr std::size_t most_slack = 8;  // unused records after a take

  [[nodiscard]] static Block::const_iterator place_of(const Block& block, std::uint64_t name);
  [[nodiscard]] static bool holds(const Block& block, Block::const_iterator at,
                                  std::uint64_t name) {
    return at != block.end() && at->name == name;
  }
  // The block where the name belongs; there must be one.
  [[nodiscard]] Blocks::iterator block_of(std::uint64_t name) {
    return std::prev(blocks_.upper_bound(name));
  }
  void split(Blocks::iterator full);
  [[nodiscard]] static bool should_be_one(const Block& a, const Block& b);
  void join_with_next(Blocks::iterator block);

  // By the lowest name that belongs there: the first is 0, so that every name has a block.
  Blocks blocks_;
  std::size_t size_ = 0;
};

}  // namespace heaplaw::model
