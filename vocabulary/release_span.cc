#include "vocabulary/release_span.h"

#include <fmt/format.h>

namespace heaplaw {

std::string to_string(const ReleaseSpan& span) {
  if (span.empty()) return "none";
  if (span.single()) return fmt::format("1.{}", span.first);
  if (span.last == newest_release.minor()) return fmt::format("1.{} -", span.first);
  return fmt::format("1.{} - 1.{}", span.first, span.last);
}

}  // namespace heaplaw
