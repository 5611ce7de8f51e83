#include "oracle/laws/release_range.h"

#include "vocabulary/check.h"

namespace heaplaw::oracle {

bool covers(std::string_view range, const Release& release) {
  const std::size_t dash = range.find(" -");
  HEAPLAW_CHECK(dash != std::string_view::npos, "release range \"{}\" has no dash", range);
  const auto first = Release::try_parse(range.substr(0, dash));
  HEAPLAW_CHECK(first.has_value(), "release range \"{}\" begins with no release", range);
  if (release < *first) return false;
  if (range.size() == dash + 2) return true;
  const auto last = Release::try_parse(range.substr(dash + 3));
  HEAPLAW_CHECK(last.has_value(), "release range \"{}\" ends with no release", range);
  return release <= *last || release.minor() == last->minor();
}

}  // namespace heaplaw::oracle
