// From the names that a trace gives to what they stand for: an array where names have neighbours,
// as they have in most traces, sorted records elsewhere. At most 16 bytes a live handle, or 16 KiB
// in all, whatever the names are; after drops, from the next trim on. While an array moves there
// are two of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/handles/dense_handles.h"
#include "model/handles/sparse_handles.h"

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
    const Entry entry = dense_.take(name);
    return entry != 0 ? entry : sparse_.take(name);
  }

  // As DenseHandles does it: false also where more than the name's own place must change.
  [[nodiscard]] bool try_change(std::uint64_t name, Entry entry, bool bind) {
    return dense_.try_change(name, entry, bind);
  }

  [[nodiscard]] Entry find(std::uint64_t name) const {
    const Entry entry = dense_.find(name);
    return entry != 0 ? entry : sparse_.find(name);
  }

  // Counts; for those who look.
  [[nodiscard]] std::size_t size() const;

  // In no order that means anything. Returns how many there are.
  template <typename Visit>
  std::size_t for_each(Visit&& visit) const {
    const std::size_t dense = dense_.for_each(visit);
    sparse_.for_each([&](std::uint64_t, Entry entry) { visit(entry); });
    return dense + sparse_.size();
  }

  // Gives back what dropped handles took, where that breaks the promise. Only who has counted
  // knows, since a drop is one word's work.
  void trim(std::size_t size);

  [[nodiscard]] std::size_t memory() const { return dense_.memory() + sparse_.memory(); }
  void check_invariants() const;

 private:
  friend struct HandleTableFaults;  // of the test

  void insert_slowly(std::uint64_t name, Entry entry);
  [[nodiscard]] bool try_make_block(std::uint64_t range);
  void arrange();
  [[nodiscard]] std::vector<NameRange> ranges() const;
  void move_to_sparse(std::uint64_t range);
  void move_to_dense(std::uint64_t range);

  // Names of one range are all here or all there.
  DenseHandles dense_;
  SparseHandles sparse_;
  // Names that came since all were arranged, a new block for as many as it has places, and how many
  // pay for arranging them again.
  static constexpr std::size_t entered_at_least = 256;
  std::size_t entered_ = 0;
  std::size_t arranged_at_ = entered_at_least;
};

}  // namespace heaplaw::model
