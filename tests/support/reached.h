// How often a mark was reached, by its name.
#pragma once

#include <cstdint>
#include <string_view>

#include "vocabulary/reach.h"

namespace heaplaw {

inline std::uint64_t reached(std::string_view name) {
  std::uint64_t times = 0;
  for (const ReachPoint* point : reach_points()) {
    if (point->name() == name) times += point->times();
  }
  return times;
}

}  // namespace heaplaw
