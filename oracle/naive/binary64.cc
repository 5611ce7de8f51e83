#include "oracle/naive/binary64.h"

#include <bit>
#include <limits>

#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

namespace {
constexpr unsigned mantissa_bits = 53;

int width(U128 n) {
  const auto high = static_cast<std::uint64_t>(n >> 64);
  const auto low = static_cast<std::uint64_t>(n);
  return high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(low);
}
}  // namespace

// n * 2^exponent, plus something less than 1 * 2^exponent if there is more below.
Binary64 Binary64::rounded(U128 n, int exponent, bool more_below) {
  if (n == 0) return {0, 0};
  const int excess = width(n) - static_cast<int>(mantissa_bits);
  if (excess <= 0) return {static_cast<std::uint64_t>(n) << -excess, exponent + excess};
  const U128 cut_off = n & ((U128{1} << excess) - 1);
  const U128 half = U128{1} << (excess - 1);
  n >>= excess;
  exponent += excess;
  const bool is_odd = (n & 1) != 0;
  if (cut_off > half || (cut_off == half && (more_below || is_odd))) ++n;
  if (n >> mantissa_bits != 0) {
    n >>= 1;
    ++exponent;
  }
  return {static_cast<std::uint64_t>(n), exponent};
}

Binary64 Binary64::from(std::uint64_t n) { return rounded(n, 0, false); }

Binary64 Binary64::quotient(std::uint64_t dividend, std::uint64_t divisor) {
  const Binary64 a = from(dividend);
  const Binary64 b = from(divisor);
  HEAPLAW_CHECK(b.mantissa_ != 0, "division of {} by 0", dividend);
  constexpr int shift = 60;  // enough for 53 bits, a half and what lies below
  const U128 n = U128{a.mantissa_} << shift;
  return rounded(n / b.mantissa_, a.exponent_ - b.exponent_ - shift, n % b.mantissa_ != 0);
}

Binary64 Binary64::times(Binary64 other) const {
  return rounded(U128{mantissa_} * other.mantissa_, exponent_ + other.exponent_, false);
}

std::uint64_t Binary64::floor() const {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  if (mantissa_ == 0 || exponent_ <= -static_cast<int>(mantissa_bits)) return 0;
  if (exponent_ <= 0) return mantissa_ >> -exponent_;
  return exponent_ > 64 - static_cast<int>(mantissa_bits) ? most : mantissa_ << exponent_;
}

}  // namespace heaplaw::oracle::naive
