#include "vocabulary/input_error.h"

#include <utility>

#include <fmt/format.h>

namespace heaplaw {

std::string to_string(const Place& place) {
  if (place.line == 0) return place.file;
  if (place.column == 0) return fmt::format("{}:{}", place.file, place.line);
  return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

std::string quote(std::string_view text) {
  constexpr std::size_t shown_max = 60;
  std::string out = "'";
  for (const char c : text.substr(0, shown_max)) {
    const bool printable = c >= ' ' && c <= '~';
    if (printable) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  out += text.size() > shown_max ? "'..." : "'";
  return out;
}

InputError::InputError(Place place, std::string_view found, std::string_view expected)
    : std::runtime_error(
          fmt::format("{}: found {}, expected {}", to_string(place), found, expected)),
      place_(std::move(place)) {}

}  // namespace heaplaw
