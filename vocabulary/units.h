// Strong types for what the heap is measured in. Arithmetic that would wrap throws
// std::overflow_error; raw numbers leave only through raw().
#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>

#include <fmt/format.h>

namespace heaplaw {

namespace detail {
// Out of line so that the checks inlined everywhere stay a compare and a jump.
[[noreturn]] void fail_arithmetic(const char* operation, std::uint64_t left, std::uint64_t right);

constexpr std::uint64_t checked_add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) fail_arithmetic("+", a, b);
  return sum;
}
constexpr std::uint64_t checked_subtract(std::uint64_t a, std::uint64_t b) {
  if (b > a) fail_arithmetic("-", a, b);
  return a - b;
}
constexpr std::uint64_t checked_multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) fail_arithmetic("*", a, b);
  return product;
}
constexpr std::uint64_t checked_divisor(std::uint64_t a, std::uint64_t b) {
  if (b == 0) fail_arithmetic("/", a, b);
  return b;
}
}  // namespace detail

// An amount of something countable: adds to its own kind, scales by plain numbers, and divides by
// its own kind into a plain number.
template <typename Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(std::uint64_t raw) : raw_(raw) {}

  [[nodiscard]] constexpr std::uint64_t raw() const { return raw_; }

  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity& operator+=(Quantity o) { return *this = *this + o; }
  constexpr Quantity& operator-=(Quantity o) { return *this = *this - o; }

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity{detail::checked_add(a.raw_, b.raw_)};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity{detail::checked_subtract(a.raw_, b.raw_)};
  }
  friend constexpr Quantity operator*(Quantity a, std::uint64_t n) {
    return Quantity{detail::checked_multiply(a.raw_, n)};
  }
  friend constexpr Quantity operator*(std::uint64_t n, Quantity a) { return a * n; }
  friend constexpr Quantity operator/(Quantity a, std::uint64_t n) {
    return Quantity{a.raw_ / detail::checked_divisor(a.raw_, n)};
  }
  friend constexpr std::uint64_t operator/(Quantity a, Quantity b) {
    return a.raw_ / detail::checked_divisor(a.raw_, b.raw_);
  }
  friend constexpr Quantity operator%(Quantity a, Quantity b) {
    return Quantity{a.raw_ % detail::checked_divisor(a.raw_, b.raw_)};
  }

 private:
  std::uint64_t raw_ = 0;
};

using Bytes = Quantity<struct BytesUnit>;
// Go's pages (8 KiB since Go 1.3), never the operating system's.
using Pages = Quantity<struct PagesUnit>;

// A place in the simulated address space. Places differ by Bytes and do not add up.
class Address {
 public:
  constexpr Address() = default;
  constexpr explicit Address(std::uint64_t raw) : raw_(raw) {}

  [[nodiscard]] constexpr std::uint64_t raw() const { return raw_; }

  constexpr auto operator<=>(const Address&) const = default;

  friend constexpr Address operator+(Address a, Bytes n) {
    return Address{detail::checked_add(a.raw_, n.raw())};
  }
  friend constexpr Address operator-(Address a, Bytes n) {
    return Address{detail::checked_subtract(a.raw_, n.raw())};
  }
  friend constexpr Bytes operator-(Address a, Address b) {
    return Bytes{detail::checked_subtract(a.raw_, b.raw_)};
  }

 private:
  std::uint64_t raw_ = 0;
};

[[nodiscard]] constexpr bool is_power_of_two(std::uint64_t n) { return n && !(n & (n - 1)); }

[[nodiscard]] constexpr Bytes align_down(Bytes n, Bytes alignment) { return n - n % alignment; }
[[nodiscard]] constexpr Bytes align_up(Bytes n, Bytes alignment) {
  const Bytes over = n % alignment;
  return over == Bytes{} ? n : n + (alignment - over);
}

// ceil(n / page): the whole pages that n bytes touch.
[[nodiscard]] constexpr Pages pages_covering(Bytes n, Bytes page) {
  return Pages{n / page + (n % page == Bytes{} ? 0 : 1)};
}
[[nodiscard]] constexpr Bytes bytes_of(Pages n, Bytes page) { return page * n.raw(); }

inline namespace literals {
constexpr Bytes operator""_B(unsigned long long n) { return Bytes{n}; }
constexpr Bytes operator""_KiB(unsigned long long n) { return Bytes{1024} * n; }
constexpr Bytes operator""_MiB(unsigned long long n) { return Bytes{1024 * 1024} * n; }
constexpr Pages operator""_pages(unsigned long long n) { return Pages{n}; }
}  // namespace literals

}  // namespace heaplaw

template <typename Unit>
struct fmt::formatter<heaplaw::Quantity<Unit>> : fmt::formatter<std::uint64_t> {
  auto format(heaplaw::Quantity<Unit> n, format_context& context) const {
    return formatter<std::uint64_t>::format(n.raw(), context);
  }
};

template <>
struct fmt::formatter<heaplaw::Address> {
  constexpr auto parse(format_parse_context& context) { return context.begin(); }
  auto format(heaplaw::Address a, format_context& context) const {
    return fmt::format_to(context.out(), "{:#x}", a.raw());
  }
};
