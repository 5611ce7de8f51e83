#include "vocabulary/check.h"

namespace heaplaw::detail {

void fail_check(const char* file, int line, std::string_view expression,
                const std::string& message) {
  throw CheckFailure(fmt::format("{}:{}: check failed: {}: {}", file, line, expression, message));
}

}  // namespace heaplaw::detail
