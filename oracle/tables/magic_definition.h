// What makes a divide magic right, and which of the right ones each form takes: by trying.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

// The first x in [0, end) for which quotient_of(x) is not x / divisor; none if it never fails. The
// true quotient is counted along, so that a whole table's 1.4 million offsets cost no division.
template <typename QuotientOf>
[[nodiscard]] std::optional<std::uint64_t> first_wrong_quotient(std::uint64_t divisor,
                                                                std::uint64_t end,
                                                                QuotientOf quotient_of) {
  std::uint64_t quotient = 0;
  for (std::uint64_t start = 0; start < end; start += divisor, ++quotient) {
    const std::uint64_t next = start + std::min(divisor, end - start);
    std::uint64_t wrong = 0;
    for (std::uint64_t x = start; x < next; ++x) wrong |= quotient_of(x) ^ quotient;
    if (wrong == 0) continue;
    for (std::uint64_t x = start; x < next; ++x) {
      if (quotient_of(x) != quotient) return x;
    }
  }
  return std::nullopt;
}

// The magic of a class of 1.5 to 1.16. Size and span are not 0, and size < 2^32.
[[nodiscard]] ShiftMagic shift_magic(DivideMagicForm form, std::uint64_t size, std::uint64_t span);

// The magic of a class from 1.17 on: the smallest m with m * size >= 2^32.
[[nodiscard]] ReciprocalMagic reciprocal_magic(std::uint64_t size);

}  // namespace heaplaw::oracle
