// Every number of a table, for whoever wants to change one: planted faults and fuzzers.
#pragma once

#include <cstdint>
#include <vector>

#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

struct TableField {
  TableSpot spot;
  std::uint64_t* value;
};

// In the order of the file; numbers that the table does not state are left out. Valid until one of
// the table's lists changes its length.
[[nodiscard]] std::vector<TableField> fields_of(SizeClassTable& table);

}  // namespace heaplaw::oracle
