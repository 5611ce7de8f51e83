#include "oracle/tables/magic_definition.h"

#include "vocabulary/check.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

namespace {

constexpr std::uint64_t two_to_32 = std::uint64_t{1} << 32;

std::uint64_t ceil_of(std::uint64_t a, std::uint64_t b) { return a / b + (a % b == 0 ? 0 : 1); }

// 1.5 to 1.7: as many bits as a 32-bit multiplier can use.
ShiftMagic widest_magic(std::uint64_t shift, std::uint64_t divisor) {
  std::uint64_t k = 63;
  while (ceil_of(std::uint64_t{1} << k, divisor) >= two_to_32) --k;
  return {.shift = shift, .shift2 = k, .mul = ceil_of(std::uint64_t{1} << k, divisor)};
}

// 1.8 to 1.16: the first multiplier that divides all x < end right. The bits that the error bound
// asks for are always enough, so the search ends soon.
ShiftMagic smallest_magic(std::uint64_t shift, std::uint64_t divisor, std::uint64_t end) {
  for (std::uint64_t k = 0; k < 63; ++k) {
    const std::uint64_t mul = ceil_of(std::uint64_t{1} << k, divisor);
    if (mul >= two_to_32) break;
    const auto wrong = first_wrong_quotient(divisor, end, [=](auto x) { return (x * mul) >> k; });
    if (!wrong) return {.shift = shift, .shift2 = k, .mul = mul};
  }
  HEAPLAW_CHECK(false, "no 32-bit multiplier divides all numbers below {} by {}", end, divisor);
  return {};
}

}  // namespace

ShiftMagic shift_magic(DivideMagicForm form, std::uint64_t size, std::uint64_t span) {
  std::uint64_t shift = 0;
  while ((size >> shift) % 2 == 0) ++shift;
  const std::uint64_t divisor = size >> shift;

  ShiftMagic magic;
  if (form == DivideMagicForm::widest) {
    magic = widest_magic(shift, divisor);
  } else {
    const std::uint64_t largest_offset = form == DivideMagicForm::including ? span : span - 1;
    magic = smallest_magic(shift, divisor, (largest_offset >> shift) + 1);
  }
  // The mask is the size's two's complement: as wide as a pointer (64 bits here) before 1.8, then
  // 16 bits.
  if (is_power_of_two(size)) {
    magic.base_mask = form == DivideMagicForm::widest ? UINT64_MAX - size + 1 : 65536 - size;
  }
  return magic;
}

ReciprocalMagic reciprocal_magic(std::uint64_t size) { return ceil_of(two_to_32, size); }

}  // namespace heaplaw::oracle
