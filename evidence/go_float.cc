#include "evidence/go_float.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

struct FormRule {
  int smallest_plain_exponent;  // below it, and from the next on, with an exponent
  int exponent_from;
  bool pads_exponent;  // e-07
};
constexpr FormRule rules[] = {{-4, 6, true}, {-6, 21, false}};

// The fewest digits that mean the value, and the power of ten of the first one.
struct Digits {
  std::string digits;
  int exponent = 0;
};

Digits digits_of(double magnitude) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Digits out;
  for (const char c : text.substr(0, e)) {
    if (c != '.') out.digits += c;
  }
  const std::size_t number = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + number, text.data() + text.size(), out.exponent);
  return out;
}

std::string with_exponent(const Digits& d, bool padded) {
  std::string out = d.digits.substr(0, 1);
  if (d.digits.size() > 1) out += "." + d.digits.substr(1);
  const char sign = d.exponent < 0 ? '-' : '+';
  return out + (padded ? fmt::format("e{}{:02}", sign, std::abs(d.exponent))
                       : fmt::format("e{}{}", sign, std::abs(d.exponent)));
}

std::string plain(const Digits& d) {
  if (d.exponent < 0) {
    return "0." + std::string(static_cast<std::size_t>(-d.exponent - 1), '0') + d.digits;
  }
  const auto whole = static_cast<std::size_t>(d.exponent) + 1;
  if (d.digits.size() <= whole) return d.digits + std::string(whole - d.digits.size(), '0');
  return d.digits.substr(0, whole) + "." + d.digits.substr(whole);
}

struct Special {
  std::string_view text;
  double value;
};
constexpr Special specials[] = {{"NaN", std::numeric_limits<double>::quiet_NaN()},
                                {"+Inf", std::numeric_limits<double>::infinity()},
                                {"-Inf", -std::numeric_limits<double>::infinity()}};

}  // namespace

void append_go_float(std::string& out, double value, GoFloatForm form) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-Inf" : "+Inf";
    return;
  }
  if (std::signbit(value)) out += '-';
  const FormRule& rule = rules[static_cast<std::size_t>(form)];
  const Digits d = value == 0 ? Digits{"0", 0} : digits_of(std::abs(value));
  const bool exponent =
      d.exponent < rule.smallest_plain_exponent || d.exponent >= rule.exponent_from;
  out += exponent ? with_exponent(d, rule.pads_exponent) : plain(d);
}

std::string go_float(double value, GoFloatForm form) {
  std::string out;
  append_go_float(out, value, form);
  return out;
}

std::optional<double> parse_go_float(std::string_view text) {
  for (const Special& special : specials) {
    if (text == special.text) return special.value;
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  // from_chars would also take "inf" and "nan(...)".
  if (text.find_first_not_of("0123456789.eE+-") != text.npos) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace heaplaw::evidence
