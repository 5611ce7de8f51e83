// Which objects a history keeps alive, and where: by handle for those who follow the history, by
// address for laws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

struct LiveObject {
  std::uint64_t handle = 0;
  Address address{};  // what the program sees; 0 in a slot of the table that is not in use
  std::uint64_t size : 63 = 0;
  std::uint64_t scan : 1 = 0;

  [[nodiscard]] ObjectKind kind() const { return scan ? ObjectKind::scan : ObjectKind::noscan; }
  [[nodiscard]] Address end() const { return address + Bytes{size}; }
};

// Open addressing; 24 bytes a slot, at most half of them in use. It stands on the judge's hot path.
class LiveObjects {
 public:
  LiveObjects() : slots_(16) {}

  // The handle must not be in, the address must not be 0.
  void insert(const LiveObject& object);
  // What was removed; nothing if the handle is not in.
  std::optional<LiveObject> erase(std::uint64_t handle);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::vector<LiveObject> by_address() const;

 private:
  [[nodiscard]] std::size_t home(std::uint64_t handle) const {
    std::uint64_t mixed = 0;
    (void)__builtin_mul_overflow(handle, 0x9e3779b97f4a7c15U, &mixed);
    return (mixed >> 32U) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  [[nodiscard]] bool in_use(std::size_t at) const { return slots_[at].address != Address{}; }
  void place(const LiveObject& object);
  void grow();
  void close_gap(std::size_t gap);

  std::vector<LiveObject> slots_;
  std::size_t size_ = 0;
};

}  // namespace heaplaw::oracle
