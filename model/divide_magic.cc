#include "model/divide_magic.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace heaplaw::model {

namespace {

constexpr std::uint64_t ceil_power_over(int power, std::uint64_t divisor) {
  const std::uint64_t dividend = std::uint64_t{1} << power;
  return dividend / divisor + (dividend % divisor != 0);
}

bool exact_up_to(std::uint64_t limit, std::uint64_t mul, int shift, std::uint64_t divisor) {
  // Errors only grow within one quotient, so its last dividend decides; the first one guards
  // against a multiplier that is too small.
  for (std::uint64_t first = 0; first <= limit; first += divisor) {
    const std::uint64_t wanted = first / divisor;
    const std::uint64_t last = std::min(first + divisor - 1, limit);
    if ((first * mul) >> shift != wanted || (last * mul) >> shift != wanted) return false;
  }
  return true;
}

}  // namespace

ShiftMagic widest_magic(Bytes size) {
  const int shift = std::countr_zero(size.raw());
  const std::uint64_t odd = size.raw() >> shift;
  int power = 63;
  while (ceil_power_over(power, odd) > UINT32_MAX) --power;
  return {.shift = static_cast<std::uint64_t>(shift),
          .shift2 = static_cast<std::uint64_t>(power),
          .mul = ceil_power_over(power, odd),
          .base_mask = is_power_of_two(size.raw()) ? ~(size.raw() - 1) : 0};
}

ShiftMagic smallest_magic(Bytes size, Bytes limit) {
  const int shift = std::countr_zero(size.raw());
  const std::uint64_t odd = size.raw() >> shift;
  const std::uint64_t dividend_max = limit.raw() >> shift;
  for (int power = 0;; ++power) {
    const std::uint64_t mul = ceil_power_over(power, odd);
    if (mul > UINT16_MAX || mul * dividend_max > UINT32_MAX) {
      throw ImpossibleParameters(
          fmt::format("no multiplier of 16 bits divides every offset up to {} by {}", limit, size));
    }
    if (!exact_up_to(dividend_max, mul, power, odd)) continue;
    return {.shift = static_cast<std::uint64_t>(shift),
            .shift2 = static_cast<std::uint64_t>(power),
            .mul = mul,
            .base_mask = is_power_of_two(size.raw()) ? (1 << 16) - size.raw() : 0};
  }
}

ReciprocalMagic reciprocal_magic(Bytes size) {
  return ReciprocalMagic{UINT32_MAX} / size.raw() + 1;
}

int reciprocal_bits_needed(Bytes size, Bytes span) {
  if (is_power_of_two(size.raw())) return std::countr_zero(size.raw());
  const int span_bits = 64 - std::countl_zero(span.raw());
  int extra = 1;
  while (size.raw() >
         (std::uint64_t{1} << (span_bits + extra)) % size.raw() + (std::uint64_t{1} << extra)) {
    ++extra;
  }
  return span_bits + extra;
}

DivideMagic divide_magic(const SizeClasses& classes, DivideMagicForm form) {
  using Make = ShiftMagic (*)(Bytes size, Bytes span);
  const auto shifted = [&](Make make) {
    std::vector<ShiftMagic> magic(classes.count());
    for (std::size_t i = 1; i < classes.count(); ++i) {
      magic[i] = make(classes[i].size, classes.span_bytes(i));
    }
    return magic;
  };
  switch (form) {
    case DivideMagicForm::none:
      return std::monostate{};
    case DivideMagicForm::widest:
      return shifted([](Bytes size, Bytes) { return widest_magic(size); });
    case DivideMagicForm::excluding:
      return shifted([](Bytes size, Bytes span) { return smallest_magic(size, span - 1_B); });
    case DivideMagicForm::including:
      return shifted([](Bytes size, Bytes span) { return smallest_magic(size, span); });
    case DivideMagicForm::reciprocal:
      break;
  }
  std::vector<ReciprocalMagic> magic(classes.count());
  for (std::size_t i = 1; i < classes.count(); ++i) magic[i] = reciprocal_magic(classes[i].size);
  return magic;
}

}  // namespace heaplaw::model
