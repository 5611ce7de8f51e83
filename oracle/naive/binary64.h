// Floating point as Go's code has it, computed with integers: round to nearest, ties to even, 53
// bits. Two of the runtime's formulas round twice, and the oracle has to round like them.
#pragma once

#include <cstdint>

namespace heaplaw::oracle::naive {

// Twice the width of anything in the heap.
__extension__ using U128 = unsigned __int128;

class Binary64 {
 public:
  // mantissa * 2^exponent; the mantissa has exactly 53 bits, or is 0.
  [[nodiscard]] static Binary64 from(std::uint64_t n);
  [[nodiscard]] static Binary64 quotient(std::uint64_t dividend, std::uint64_t divisor);
  [[nodiscard]] Binary64 times(Binary64 other) const;
  // At most 2^64 - 1.
  [[nodiscard]] std::uint64_t floor() const;

 private:
  Binary64(std::uint64_t mantissa, int exponent) : mantissa_(mantissa), exponent_(exponent) {}
  [[nodiscard]] static Binary64 rounded(U128 n, int exponent, bool more_below);

  std::uint64_t mantissa_;
  int exponent_;
};

// floor(dividend / divisor * factor), rounded after the division and after the multiplication.
[[nodiscard]] inline std::uint64_t scaled(std::uint64_t dividend, std::uint64_t divisor,
                                          std::uint64_t factor) {
  return Binary64::quotient(dividend, divisor).times(Binary64::from(factor)).floor();
}

}  // namespace heaplaw::oracle::naive
