// A kernel that keeps no books: every hint below the end of user space is honoured, since the heap
// never asks for what it has. What else lies in the way is ordered elsewhere (SIM-11), so that an
// operation that fails half-way can be taken back without it.
#pragma once

#include "model/pages/kernel.h"
#include "model/pages/page_geometry.h"

namespace heaplaw::model {

class SimulatedKernel final : public Kernel {
 public:
  std::optional<Address> reserve(std::optional<Address> hint, Bytes size) override {
    if (!hint || *hint >= user_space_end || size > user_space_end - *hint) return std::nullopt;
    return hint;
  }
  void unreserve(AddressRange) override {}
  bool map(AddressRange) override { return true; }
};

}  // namespace heaplaw::model
