// Where the next arenas are tried (runtime/malloc.go arenaHints; AS-5, AS-6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vocabulary/units.h"

namespace heaplaw::model {

struct ArenaHint {
  Address address;
  bool downwards = false;  // space is taken below the address instead of above
};

// The last one is tried first. A process begins with one every TiB and hardly ever changes more
// than its last: those are numbers, since every growth keeps a copy of all until it has succeeded.
class ArenaHints {
 public:
  explicit ArenaHints(unsigned count) : as_begun_(count) {}

  [[nodiscard]] std::size_t size() const { return as_begun_ + added_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] ArenaHint last() const {
    if (!added_.empty()) return added_.back();
    return {.address = lowest + distance * (initial_count_ - as_begun_)};
  }
  void add(ArenaHint hint) { added_.push_back(hint); }
  void drop_last() {
    if (added_.empty()) {
      --as_begun_;
    } else {
      added_.pop_back();
    }
  }
  void move_last(Address address) {
    ArenaHint hint = last();
    hint.address = address;
    drop_last();
    add(hint);
  }

 private:
  static constexpr Address lowest{0xc000000000};
  static constexpr Bytes distance{std::uint64_t{1} << 40};

  unsigned as_begun_;  // how many are left of those; they come after all that were added
  unsigned initial_count_ = as_begun_;
  std::vector<ArenaHint> added_;
};

}  // namespace heaplaw::model
