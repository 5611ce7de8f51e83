// Stretches of address space, ascending, disjoint, neighbours merged (runtime/mranges.go).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "vocabulary/units.h"

namespace heaplaw::model {

struct AddressRange {
  Address base;
  Address limit;  // exclusive

  [[nodiscard]] Bytes size() const { return limit - base; }
  bool operator==(const AddressRange&) const = default;
};

class AddressRanges {
 public:
  // Throws CheckFailure where the range overlaps what is there.
  void add(AddressRange range);

  [[nodiscard]] std::span<const AddressRange> ranges() const { return ranges_; }
  [[nodiscard]] Bytes total() const { return total_; }
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool contains(Address address) const;
  [[nodiscard]] bool contains(AddressRange range) const;
  // Whether any part of it is inside; it must not be empty.
  [[nodiscard]] bool overlaps(AddressRange range) const;
  // The lowest address inside at or above this one.
  [[nodiscard]] std::optional<Address> at_or_above(Address address) const;

  void check_invariants() const;

 private:
  // The index of the range that holds the address, else of the next one.
  [[nodiscard]] std::size_t first_ending_above(Address address) const;

  std::vector<AddressRange> ranges_;
  Bytes total_;
};

}  // namespace heaplaw::model
