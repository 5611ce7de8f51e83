#include "vocabulary/units.h"

namespace heaplaw::detail {

void fail_arithmetic(const char* operation, std::uint64_t left, std::uint64_t right) {
  throw std::overflow_error(
      fmt::format("{} {} {} does not fit 64 unsigned bits", left, operation, right));
}

}  // namespace heaplaw::detail
