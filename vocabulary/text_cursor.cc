#include "vocabulary/text_cursor.h"

#include <charconv>

#include <fmt/format.h>

namespace heaplaw {

std::uint64_t TextCursor::take_odd_number(std::string_view what) {
  at_ = word_;
  const std::string_view word = take_word();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error == std::errc::invalid_argument || end != word.data() + word.size()) {
    fail(fmt::format("{} as a decimal number", what));
  }
  if (word.size() > 1 && word[0] == '0') fail(fmt::format("{} without leading zeros", what));
  if (error != std::errc{}) fail(fmt::format("{} up to 18446744073709551615", what));
  return value;
}

std::optional<std::uint64_t> TextCursor::take_hex() {
  std::string_view word = take_word();
  if (!word.starts_with("0x")) return std::nullopt;
  word.remove_prefix(2);
  const bool leading_zero = word.size() > 1 && word[0] == '0';
  const bool upper_case = word.find_first_of("ABCDEF") != std::string_view::npos;
  if (leading_zero || upper_case) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, 16);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

void TextCursor::expect_end() {
  if (!take_word().empty()) fail("the end of the line");
}

void TextCursor::fail(std::string_view expected, std::size_t offset) const {
  std::string_view rest = line_.substr(word_ + offset);
  std::size_t length = 0;
  while (length < rest.size() && !is_blank(rest[length])) ++length;
  const std::string found =
      length == 0 ? std::string("the end of the line") : quote(rest.substr(0, length));
  throw InputError(place(offset), found, expected);
}

void TextCursor::fail(std::string_view found, std::string_view expected) const {
  throw InputError(place(0), found, expected);
}

Place TextCursor::place(std::size_t offset) const {
  return {std::string(file_), line_number_, word_ + offset + 1};
}

}  // namespace heaplaw
