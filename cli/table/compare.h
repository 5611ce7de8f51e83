// Every place in which two size-class tables disagree.
#pragma once

#include <string>
#include <vector>

#include "vocabulary/size_class_table.h"

namespace heaplaw::cli {

struct TableDifference {
  TableSpot spot;
  std::string found;  // "nothing" where the table ends before the spot
  std::string expected;
};

// Parts that either table does not print at all (a comment column, a constant) are left out: to
// leave something out is a matter of form, not of numbers. Adds to `compared` what it compared.
[[nodiscard]] std::vector<TableDifference> differences(const SizeClassTable& found,
                                                       const SizeClassTable& expected,
                                                       std::size_t& compared);

}  // namespace heaplaw::cli
