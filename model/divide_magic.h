// How a span turns an offset into an object index without dividing, in the three forms that Go has
// had (runtime/msize.go 1.5 to 1.7, runtime/mksizeclasses.go 1.8 to 1.16 and 1.17 on).
#pragma once

#include <cstdint>

#include "model/size_classes.h"
#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

// base_mask is as wide as a pointer in the widest form; sizes are those of class_to_size.
[[nodiscard]] ShiftMagic widest_magic(Bytes size);

// The smallest multiplier exact for every offset from 0 to limit. Throws ImpossibleParameters where
// no multiplier of 16 bits is.
[[nodiscard]] ShiftMagic smallest_magic(Bytes size, Bytes limit);

[[nodiscard]] ReciprocalMagic reciprocal_magic(Bytes size);

// The fraction bits that exactness up to a whole span needs (Lemire, Kaser and Kurz, "Faster
// remainder by direct computation"): the reciprocal form is right while they are at most 32.
[[nodiscard]] int reciprocal_bits_needed(Bytes size, Bytes span);

[[nodiscard]] constexpr std::uint64_t quotient(const ShiftMagic& magic, Bytes offset) {
  if (magic.base_mask != 0) return offset.raw() >> magic.shift;
  return ((offset.raw() >> magic.shift) * magic.mul) >> magic.shift2;
}
[[nodiscard]] constexpr std::uint64_t quotient(ReciprocalMagic magic, Bytes offset) {
  return (offset.raw() * magic) >> 32;
}

// One entry a class; class 0 is all zeros.
[[nodiscard]] DivideMagic divide_magic(const SizeClasses& classes, DivideMagicForm form);

}  // namespace heaplaw::model
