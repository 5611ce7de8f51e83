#include "evidence/json_extent.h"

#include <string>

namespace heaplaw::evidence {

namespace {

// A number, true, false or null.
std::size_t word_extent(std::string_view text) {
  constexpr std::string_view stops = ",]}: \t\r\n\"[{";
  const std::size_t end = text.find_first_of(stops);
  return end == text.npos ? text.size() : end;
}

}  // namespace

std::optional<std::size_t> json_string_extent(std::string_view text) {
  if (!text.starts_with('"')) return std::nullopt;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> json_extent(std::string_view text) {
  std::string open;  // the brackets around the place
  std::size_t at = 0;
  do {
    if (at == text.size()) return std::nullopt;
    const char c = text[at];
    if (c == '{' || c == '[') {
      if (open.size() == json_depth_max) return std::nullopt;
      open += c == '{' ? '}' : ']';
      ++at;
    } else if (c == '}' || c == ']') {
      if (open.empty() || open.back() != c) return std::nullopt;
      open.pop_back();
      ++at;
    } else if (c == '"') {
      const auto length = json_string_extent(text.substr(at));
      if (!length) return std::nullopt;
      at += *length;
    } else if (const std::size_t length = word_extent(text.substr(at)); length > 0) {
      at += length;
    } else if (!open.empty()) {
      ++at;  // a comma, a colon, a blank
    } else {
      return std::nullopt;
    }
  } while (!open.empty());
  return at;
}

}  // namespace heaplaw::evidence
