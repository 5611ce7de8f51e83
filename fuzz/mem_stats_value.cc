// Any bytes as a printed MemStats or a page of expvar: they parse or are refused with an
// InputError, and what parses prints as it was.
#include "evidence/mem_stats_value.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evidence/expvar_page.h"
#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

void check_value(std::string_view text) {
  try {
    const MemStatsValue value = parse_mem_stats_value(text, {"fuzz", 1});
    HEAPLAW_CHECK(print(value) == text, "becomes '{}'", print(value));
  } catch (const InputError& error) {
    HEAPLAW_CHECK(error.place().column <= text.size() + 1, "{}", error.what());
  }
}

void check_page(std::string_view text) {
  try {
    HEAPLAW_CHECK(print(parse_expvar_page(text, "fuzz")) == text, "another page");
  } catch (const InputError& error) {
    HEAPLAW_CHECK(error.place().line > 0, "{}", error.what());
  }
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  heaplaw::evidence::check_value(text);
  heaplaw::evidence::check_page(text);
  return 0;
}
