// Any bytes as a heap profile: they parse or are refused with an InputError, and what parses comes
// back from its printed form as it was.
#include "evidence/heap_profile.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

void check(std::string_view text) {
  try {
    const HeapProfile profile = parse_heap_profile(text, "fuzz");
    const std::string printed = print(profile);
    const HeapProfile again = parse_heap_profile(printed, "printed");
    HEAPLAW_CHECK(again.records == profile.records, "records differ:\n{}", printed);
    HEAPLAW_CHECK(print(again) == printed, "printed in two ways:\n{}", printed);
    HEAPLAW_CHECK(again.releases == profile.releases, "releases differ:\n{}", printed);
  } catch (const InputError& error) {
    HEAPLAW_CHECK(error.place().file == "fuzz", "what was printed does not parse: {}",
                  error.what());
    HEAPLAW_CHECK(std::string_view{error.what()}.size() < 1000, "an error too long to read");
  }
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heaplaw::evidence::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
