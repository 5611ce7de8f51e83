// Which class holds a request, found in the list of all sizes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

// The number of the first class that is at least this large; none if none is. Entry 0 of the list
// is class 0, which holds nothing but a request of 0 bytes.
[[nodiscard]] std::optional<std::size_t> smallest_class_holding(std::span<const SizeClass> classes,
                                                                Bytes request);

}  // namespace heaplaw::oracle
