#include "oracle/tables/class_finder.h"

#include <algorithm>

namespace heaplaw::oracle {

std::optional<std::size_t> smallest_class_holding(std::span<const SizeClass> classes,
                                                  Bytes request) {
  const auto found = std::ranges::lower_bound(classes, request, {}, &SizeClass::size);
  if (found == classes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - classes.begin());
}

}  // namespace heaplaw::oracle
