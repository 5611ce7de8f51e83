// The part of the operating system that hands out address space. What it answers decides where
// arenas lie, so tests, fuzzers and faults bring their own (AS-6, OS-1).
#pragma once

#include <optional>
#include <vector>

#include "model/pages/address_ranges.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class Kernel {
 public:
  Kernel() = default;
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;
  virtual ~Kernel() = default;

  // Address space that nobody else has: at the hint, or, as a kernel may, somewhere else; with no
  // hint wherever it likes. Nothing where there is none.
  [[nodiscard]] virtual std::optional<Address> reserve(std::optional<Address> hint, Bytes size) = 0;
  // Gives back a reservation, or a part of it.
  virtual void unreserve(AddressRange range) = 0;
  // Makes reserved space usable; false where it cannot.
  [[nodiscard]] virtual bool map(AddressRange range) = 0;
};

// Gives every hint below the end of user space, never the same place twice, and nothing else: the
// heap stays where its first hint put it (SIM-11, SIM-12).
class PlainKernel : public Kernel {
 public:
  // Every growth maps something, so this makes the next one fail.
  void refuse_next_map() { refuse_map_ = true; }

  std::optional<Address> reserve(std::optional<Address> hint, Bytes size) override;
  void unreserve(AddressRange range) override;
  bool map(AddressRange range) override;

 private:
  std::vector<AddressRange> reserved_;  // disjoint; neighbours in order of reservation are merged
  bool refuse_map_ = false;
};

}  // namespace heaplaw::model
