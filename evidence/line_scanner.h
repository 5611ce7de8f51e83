// Reads one line of a known form from left to right, and remembers where it stopped being one.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

// How many decimals Go prints of a time in ms, given in us: three digits of precision at most, and
// none from 10 ms on (formats, 3).
[[nodiscard]] constexpr unsigned go_millis_decimals(std::uint64_t us) {
  if (us == 0 || us >= 10'000) return 0;
  if (us >= 1'000) return 1;
  return us >= 100 ? 2 : 3;
}

// Each reader returns false, and moves no further, if its thing does not stand there. Numbers are
// as programs print them: no sign but where one may be, no leading zeros.
class LineScanner {
 public:
  explicit LineScanner(std::string_view line)
      : begin_(line.data()), at_(begin_), end_(begin_ + line.size()) {}

  [[nodiscard]] bool literal(std::string_view text) {
    return skip(text) || expect(text, /*is_literal=*/true);
  }
  template <std::size_t size>
  [[nodiscard]] bool literal(const char* text) {
    if constexpr (size == 0) {
      return true;
    } else {
      return literal(std::string_view{text, size});
    }
  }
  // As literal, for what may be missing.
  [[nodiscard]] bool skip(std::string_view text) {
    if (left() < text.size() || std::memcmp(at_, text.data(), text.size()) != 0) return false;
    at_ += text.size();
    return true;
  }
  // Up to 2^64 - 1.
  [[nodiscard]] bool number(std::uint64_t& out) {
    const char* p = at_;
    std::uint64_t value = 0;
    for (; p != end_ && is_digit(*p); ++p) {
      if (p - at_ < static_cast<std::ptrdiff_t>(digits_that_fit)) value = value * 10 + digit(*p);
    }
    const auto digits = static_cast<std::size_t>(p - at_);
    if (digits == 0 || digits > digits_that_fit || (*at_ == '0' && digits > 1)) [[unlikely]] {
      return odd_number(out);
    }
    out = value;
    at_ = p;
    return true;
  }
  // -2^63 to 2^63 - 1.
  [[nodiscard]] bool integer(std::int64_t& out);
  // Lower-case digits, no 0x, up to 64 bits.
  [[nodiscard]] bool hex(std::uint64_t& out);
  // "0.034": as many digits behind the point as it says; out is in units of the last one.
  [[nodiscard]] bool fixed(std::uint64_t& out, unsigned decimals);
  [[nodiscard]] bool thousandths(std::uint64_t& out) { return fixed(out, 3); }
  // A time in ms with just the decimals that Go gives it; out is in us.
  [[nodiscard]] bool go_millis(std::uint64_t& out) {
    const char* p = at_;
    std::uint64_t value = 0;
    while (p != end_ && is_digit(*p)) value = value * 10 + digit(*p++);
    const auto digits = static_cast<std::size_t>(p - at_);
    unsigned decimals = 0;
    if (p != end_ && *p == '.') {
      for (++p; decimals < 3 && p != end_ && is_digit(*p); ++decimals)
        value = value * 10 + digit(*p++);
      if (decimals == 0) return expect("a decimal");
    }
    for (unsigned i = decimals; i < 3; ++i) value *= 10;
    const bool canonical = digits > 0 && digits <= 16 && (*at_ != '0' || digits == 1);
    if (!canonical || decimals != go_millis_decimals(value))
      return expect("a time in ms, as Go prints it");
    out = value;
    at_ = p;
    return true;
  }
  // What stands there up to any of these characters or the end; at least one byte.
  [[nodiscard]] bool text_until(std::string_view stops, std::string_view& out);
  // Past bytes that somebody else has read.
  void advance(std::size_t bytes) { at_ += bytes; }
  [[nodiscard]] bool end() { return at_ == end_ || expect("the end of the line", false); }

  [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] std::string_view rest() const { return {at_, left()}; }
  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] bool at_digit() const { return at_ != end_ && is_digit(*at_); }

  // Records what should stand here; always false.
  bool expect(std::string_view what, bool is_literal = false) {
    expected_ = what;
    expected_literal_ = is_literal;
    return false;
  }
  // Throws InputError at the place where the last reader gave up. The line's place gives file and
  // line, its column where the scanned text begins (0 or 1 for the first).
  [[noreturn]] void fail(const Place& line) const;

 private:
  static constexpr std::size_t digits_that_fit = 19;  // of any number; some of 20 fit too

  [[nodiscard]] static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  [[nodiscard]] static std::uint64_t digit(char c) { return static_cast<std::uint64_t>(c - '0'); }
  // 20 digits, leading zeros, or no number.
  [[nodiscard]] bool odd_number(std::uint64_t& out);

  const char* begin_;
  const char* at_;
  const char* end_;
  std::string_view expected_ = "something else";
  bool expected_literal_ = false;
};

}  // namespace heaplaw::evidence
