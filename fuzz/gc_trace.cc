// Any bytes as lines of a trace: whatever is a line of one kind prints as it was, and what is none
// can be pointed at.
#include "evidence/gc_trace.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

// The quick way must take nothing else than the strict one, whatever it has read before.
void check_quick(std::string_view text) {
  std::string line(text);
  line += '\n';
  GcLine quick{.stacks = 7, .globals = 7};
  if (!match_quickly(std::string_view(line).substr(0, text.size()), quick)) return;
  LineScanner scanner(text);
  GcLine strict;
  HEAPLAW_CHECK(match(scanner, strict), "'{}' is taken", text);
  HEAPLAW_CHECK(quick == strict, "'{}' becomes '{}'", text, print(quick));
}

template <typename Line>
void check_as(std::string_view text) {
  LineScanner scanner(text);
  Line line;
  if (match(scanner, line)) {
    HEAPLAW_CHECK(print(line) == text, "'{}' becomes '{}'", text, print(line));
    HEAPLAW_CHECK(!releases_of(line).empty(), "'{}' is of no release", text);
    return;
  }
  HEAPLAW_CHECK(scanner.offset() <= text.size(), "stopped behind the end of '{}'", text);
  try {
    scanner.fail({"fuzz", 1});
  } catch (const InputError& error) {
    HEAPLAW_CHECK(error.place().column == scanner.offset() + 1, "{}", error.what());
  }
}

void check(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    check_quick(line);
    check_as<GcLine>(line);
    check_as<OldGcLine>(line);
    check_as<ScvgLine>(line);
    check_as<ScavLine>(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heaplaw::evidence::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
