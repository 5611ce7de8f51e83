#include "cli/number.h"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "vocabulary/input_error.h"

namespace heaplaw::cli {

std::uint64_t parse_number(std::string_view text, std::string_view what) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || read_to != end) {
    throw std::invalid_argument(fmt::format(
        "{}: found {}, expected a number from 0 to 18446744073709551615", what, quote(text)));
  }
  return value;
}

}  // namespace heaplaw::cli
