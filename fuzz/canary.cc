// A target with a planted fault that only coverage feedback finds quickly. A fuzzer that misses
// it, or a replay that passes it, is broken: ./heaplaw fuzz canary and the tests look.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vocabulary/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view planted = "law!";
  std::size_t same = 0;
  // One branch a byte, so that each right byte is new coverage.
  while (same < size && same < planted.size() &&
         data[same] == static_cast<std::uint8_t>(planted[same])) {
    ++same;
  }
  HEAPLAW_CHECK(same < planted.size(), "the canary is dead");
  return 0;
}
