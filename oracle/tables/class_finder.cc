#include "oracle/tables/class_finder.h"

namespace heaplaw::oracle {

std::optional<std::size_t> smallest_class_holding(std::span<const SizeClass> classes,
                                                  Bytes request) {
  for (std::size_t c = 0; c < classes.size(); ++c) {
    if (classes[c].size >= request) return c;
  }
  return std::nullopt;
}

}  // namespace heaplaw::oracle
