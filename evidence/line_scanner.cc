#include "evidence/line_scanner.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace heaplaw::evidence {

bool LineScanner::odd_number(std::uint64_t& out) {
  const auto [stop, error] = std::from_chars(at_, end_, out);
  if (error == std::errc::result_out_of_range) {
    return expect("a number up to 18446744073709551615");
  }
  if (error != std::errc{}) return expect("a decimal number");
  if (stop - at_ > 1 && *at_ == '0') return expect("a number without leading zeros");
  at_ = stop;
  return true;
}

bool LineScanner::integer(std::int64_t& out) {
  const char* const start = at_;
  const bool negative = skip("-");
  std::uint64_t magnitude = 0;
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool read = number(magnitude);
  if (!read || magnitude > most + (negative ? 1 : 0) || (negative && magnitude == 0)) {
    at_ = start;
    return expect("a decimal number of 63 bits, or one below 0");
  }
  out = negative ? -static_cast<std::int64_t>(magnitude - 1) - 1
                 : static_cast<std::int64_t>(magnitude);
  return true;
}

bool LineScanner::hex(std::uint64_t& out) {
  const auto is_lower_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  const char* const stop = std::find_if_not(at_, end_, is_lower_hex);
  if (stop == at_) return expect("a number in lower-case hexadecimal digits");
  if (stop - at_ > 1 && *at_ == '0') return expect("a number without leading zeros");
  if (std::from_chars(at_, stop, out, 16).ec != std::errc{}) {
    return expect("a number of 64 bits");
  }
  at_ = stop;
  return true;
}

bool LineScanner::fixed(std::uint64_t& out, unsigned decimals) {
  const char* const start = at_;
  std::uint64_t whole = 0;
  if (!number(whole)) return false;
  if (!literal(".")) {
    at_ = start;
    return false;
  }
  std::uint64_t value = whole;
  for (unsigned i = 0; i < decimals; ++i) {
    if (!at_digit() || __builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, digit(*at_), &value)) {
      at_ = start;
      return expect("a number with fixed decimals");
    }
    ++at_;
  }
  out = value;
  return true;
}

bool LineScanner::text_until(std::string_view stops, std::string_view& out) {
  const std::string_view text = rest();
  out = text.substr(0, std::min(text.find_first_of(stops), text.size()));
  if (out.empty()) return expect("a word");
  at_ += out.size();
  return true;
}

void LineScanner::fail(const Place& line) const {
  Place place = line;
  place.column = std::max<std::size_t>(line.column, 1) + offset();
  const std::string found =
      left() == 0 ? "the end of the line" : quote(rest().substr(0, std::size_t{24}));
  throw InputError(place, found, expected_literal_ ? quote(expected_) : std::string(expected_));
}

}  // namespace heaplaw::evidence
