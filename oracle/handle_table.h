// What a history names by handles, for those on a hot path: open addressing, at most half of the
// slots in use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vocabulary/check.h"

namespace heaplaw::oracle {

// An Entry has a `handle`, and in_use(), which is false of Entry{}.
template <typename Entry>
class HandleTable {
 public:
  // The handle must not be in, the entry must be in use.
  void insert(const Entry& entry) {
    HEAPLAW_CHECK(entry.in_use(), "handle {} names nothing", entry.handle);
    if (2 * (size_ + 1) > slots_.size()) grow();
    place(entry);
    ++size_;
  }
  // What was removed; nothing if the handle is not in.
  std::optional<Entry> erase(std::uint64_t handle) {
    for (std::size_t at = home(handle); slots_[at].in_use(); at = next(at)) {
      if (slots_[at].handle != handle) continue;
      const Entry entry = slots_[at];
      close_gap(at);
      --size_;
      return entry;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  // In no order, between slots that are not in use.
  [[nodiscard]] std::span<const Entry> slots() const { return slots_; }

 private:
  [[nodiscard]] std::size_t home(std::uint64_t handle) const {
    std::uint64_t mixed = 0;
    (void)__builtin_mul_overflow(handle, 0x9e3779b97f4a7c15U, &mixed);
    return (mixed >> 32U) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  void place(const Entry& entry) {
    std::size_t at = home(entry.handle);
    while (slots_[at].in_use()) {
      HEAPLAW_CHECK(slots_[at].handle != entry.handle, "handle {} lives twice", entry.handle);
      at = next(at);
    }
    slots_[at] = entry;
  }
  void grow() {
    std::vector<Entry> old(2 * slots_.size());
    old.swap(slots_);
    for (const Entry& entry : old) {
      if (entry.in_use()) place(entry);
    }
  }
  // Moves later members of the chain down, so that no search stops at the gap before it finds them.
  void close_gap(std::size_t gap) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = next(gap); slots_[at].in_use(); at = next(at)) {
      const std::size_t from_home = (at + slots_.size() - home(slots_[at].handle)) & mask;
      const std::size_t from_gap = (at + slots_.size() - gap) & mask;
      if (from_home < from_gap) continue;
      slots_[gap] = slots_[at];
      gap = at;
    }
    slots_[gap] = {};
  }

  std::vector<Entry> slots_ = std::vector<Entry>(16);  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace heaplaw::oracle
