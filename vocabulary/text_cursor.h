// Words and numbers of one line, with the column of each for messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vocabulary/input_error.h"

namespace heaplaw {

// Words are separated by blanks; a word that begins with # ends the line.
class TextCursor {
 public:
  TextCursor(std::string_view line, std::string_view file, std::size_t line_number)
      : line_(line), file_(file), line_number_(line_number) {}

  // The next word; empty at the end of the line.
  [[nodiscard]] std::string_view take_word() {
    skip_blanks();
    const std::size_t start = at_;
    while (at_ < line_.size() && !is_blank(line_[at_])) ++at_;
    word_ = start;
    return line_.substr(start, at_ - start);
  }

  // The same line from its start.
  [[nodiscard]] TextCursor rewound() const { return {line_, file_, line_number_}; }

  // Whether only blanks and a comment are left.
  [[nodiscard]] bool at_end() {
    skip_blanks();
    return at_ == line_.size();
  }

  // The next word as a decimal number of 64 bits; `what` is how a message calls it. Throws
  // InputError.
  [[nodiscard]] std::uint64_t take_number(std::string_view what) {
    skip_blanks();
    word_ = at_;
    std::uint64_t value = 0;
    while (at_ < line_.size() && is_digit(line_[at_]) && at_ - word_ < digits_that_fit) {
      value = value * 10 + static_cast<std::uint64_t>(line_[at_++] - '0');
    }
    const bool whole_word = at_ == line_.size() || is_blank(line_[at_]);
    const bool leading_zero = at_ - word_ > 1 && line_[word_] == '0';
    if (whole_word && at_ != word_ && !leading_zero) [[likely]]
      return value;
    return take_odd_number(what);
  }

  // The next word as an address: 0x and lower-case hexadecimal digits, no leading zeros. Nothing if
  // it is not one, or has more than 64 bits; then fail() points at it.
  [[nodiscard]] std::optional<std::uint64_t> take_hex();

  // Throws InputError if anything but blanks and a comment is left.
  void expect_end();

  // Throws InputError at the word last taken (or, plus `offset`, inside it).
  [[noreturn]] void fail(std::string_view expected, std::size_t offset = 0) const;
  [[noreturn]] void fail(std::string_view found, std::string_view expected) const;

 private:
  static constexpr std::size_t digits_that_fit = 19;  // of any number; some of 20 fit too

  // The word at word_ has 20 digits or is wrong.
  [[nodiscard]] std::uint64_t take_odd_number(std::string_view what);
  [[nodiscard]] static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  [[nodiscard]] static bool is_blank(char c) { return c == ' ' || c == '\t'; }
  void skip_blanks() {
    while (at_ < line_.size() && is_blank(line_[at_])) ++at_;
    if (at_ < line_.size() && line_[at_] == '#') line_ = line_.substr(0, at_);
  }
  [[nodiscard]] Place place(std::size_t offset) const;

  std::string_view line_;
  std::string_view file_;
  std::size_t line_number_;
  std::size_t at_ = 0;
  std::size_t word_ = 0;  // where the word last taken begins
};

}  // namespace heaplaw
