// A number that is known, or known to lie between two others: bytes, as printed figures tell them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace heaplaw::evidence {

// Both ends included; lower <= upper. Arithmetic saturates at 0 and at 2^64 - 1: an upper end of
// 2^64 - 1 says that nothing bounds the number.
struct Bounds {
  static constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t lower = 0;
  std::uint64_t upper = unbounded;

  [[nodiscard]] static constexpr Bounds exactly(std::uint64_t n) { return {n, n}; }
  [[nodiscard]] static constexpr Bounds at_most(std::uint64_t n) { return {0, n}; }
  // What a program printed after dropping what is less than the unit: 3 MB is 3 MiB to 4 MiB - 1.
  [[nodiscard]] static constexpr Bounds floored(std::uint64_t n, std::uint64_t unit) {
    std::uint64_t lower = 0;
    if (__builtin_mul_overflow(n, unit, &lower)) return {unbounded - (unit - 1), unbounded};
    return {lower, plus(lower, unit - 1)};
  }

  [[nodiscard]] constexpr bool exact() const { return lower == upper; }
  [[nodiscard]] constexpr bool contains(std::uint64_t n) const { return lower <= n && n <= upper; }

  // What both allow; nothing where they contradict each other.
  [[nodiscard]] constexpr std::optional<Bounds> narrowed(const Bounds& by) const {
    const Bounds both{std::max(lower, by.lower), std::min(upper, by.upper)};
    if (both.lower > both.upper) return std::nullopt;
    return both;
  }
  // What one of them allows, and all between.
  [[nodiscard]] constexpr Bounds widened(const Bounds& by) const {
    return {std::min(lower, by.lower), std::max(upper, by.upper)};
  }

  friend constexpr Bounds operator+(const Bounds& a, const Bounds& b) {
    return {plus(a.lower, b.lower), plus(a.upper, b.upper)};
  }
  // What is left of a where b, which is part of it, is taken away.
  friend constexpr Bounds operator-(const Bounds& a, const Bounds& b) {
    return {minus(a.lower, b.upper), minus(a.upper, b.lower)};
  }
  bool operator==(const Bounds&) const = default;

 private:
  [[nodiscard]] static constexpr std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
    return a > unbounded - b ? unbounded : a + b;
  }
  [[nodiscard]] static constexpr std::uint64_t minus(std::uint64_t a, std::uint64_t b) {
    if (a == unbounded) return unbounded;
    return a > b ? a - b : 0;
  }
};

}  // namespace heaplaw::evidence
