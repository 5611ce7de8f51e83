#include "evidence/go_integer.h"

namespace heaplaw::evidence {

namespace {

struct Prefix {
  std::string_view text;
  unsigned base;
};
constexpr Prefix prefixes[] = {{"0x", 16}, {"0X", 16}, {"0o", 8}, {"0O", 8}, {"0b", 2}, {"0B", 2}};

// 99, which is no digit in any base, for what is none.
unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 99;
}

}  // namespace

std::optional<GoInteger> parse_go_integer(std::string_view text) {
  unsigned base = 10;
  bool underscore_may_follow = false;  // it stands between digits, or behind a prefix
  for (const Prefix& prefix : prefixes) {
    if (!text.starts_with(prefix.text)) continue;
    base = prefix.base;
    text.remove_prefix(prefix.text.size());
    underscore_may_follow = true;
  }
  if (base == 10 && text.size() > 1 && text.front() == '0') base = 8;

  GoInteger out;
  bool ends_in_digit = false;
  for (const char c : text) {
    if (c == '_') {
      if (!underscore_may_follow) return std::nullopt;
      underscore_may_follow = ends_in_digit = false;
      continue;
    }
    const unsigned digit = digit_value(c);
    if (digit >= base) return std::nullopt;
    if (__builtin_mul_overflow(out.value, base, &out.value) ||
        __builtin_add_overflow(out.value, digit, &out.value)) {
      out.fits = false;
    }
    underscore_may_follow = ends_in_digit = true;
  }
  if (!ends_in_digit) return std::nullopt;
  return out;
}

}  // namespace heaplaw::evidence
