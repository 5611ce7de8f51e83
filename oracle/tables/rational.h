// An exact fraction of two counts, so that nothing the oracle says about waste depends on rounding.
#pragma once

#include <compare>
#include <cstdint>

#include "vocabulary/check.h"

namespace heaplaw::oracle {

// Wide enough for the product of any two counts.
__extension__ typedef unsigned __int128 Uint128;

class Rational {
 public:
  constexpr Rational(std::uint64_t numerator, std::uint64_t denominator)
      : numerator_(numerator), denominator_(denominator) {
    HEAPLAW_CHECK(denominator != 0, "{} divided by zero", numerator);
  }

  friend constexpr bool operator==(const Rational& a, const Rational& b) {
    return (a <=> b) == std::strong_ordering::equal;
  }
  friend constexpr std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    const Uint128 left = Uint128{a.numerator_} * b.denominator_;
    const Uint128 right = Uint128{b.numerator_} * a.denominator_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }

  // What "%.2f%%" prints, without its point: 15/32 is 46.875 % and gives 4688. A half rounds to
  // even. Throws std::overflow_error where the result does not fit 64 bits.
  [[nodiscard]] std::uint64_t hundredths_of_percent() const;

 private:
  std::uint64_t numerator_;
  std::uint64_t denominator_;
};

}  // namespace heaplaw::oracle
