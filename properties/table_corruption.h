// Plants one wrong number into a table, as a slip of the hand or a bad merge would.
#pragma once

#include <string>

#include "properties/random.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::properties {

struct Corruption {
  TableSpot spot;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};

// Changes exactly one number that the table holds; never to what it was.
Corruption corrupt(SizeClassTable& table, Random& random);

[[nodiscard]] std::string describe(const Corruption& corruption);

}  // namespace heaplaw::properties
