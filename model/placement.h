// Where a request lands: tiny block, small class or pages of its own, with or without a header
// (runtime/malloc.go mallocgc, runtime/msize.go roundupsize; SC spec, sections 8 to 11).
#pragma once

#include <cstdint>
#include <optional>

#include "model/size_classes.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

struct Placement {
  enum class Way : std::uint8_t { zero_size, tiny, small, large };

  Way way = Way::small;
  ClassIndex size_class = 0;  // 0 for zero_size and large
  Bytes slot;                 // taken from the heap; a tiny object shares its slot
  Bytes header;               // at the front of the slot
  Bytes usable;               // from the object's address to the end of the slot
  Pages pages;                // of a large object
};

class Placer {
 public:
  explicit Placer(const ReleaseFacts& facts, Architecture architecture = Architecture::bits64);

  [[nodiscard]] const SizeClasses& classes() const { return classes_; }
  [[nodiscard]] const ReleaseFacts& facts() const { return facts_; }
  [[nodiscard]] Architecture architecture() const { return architecture_; }

  // Nothing where Go panics with "out of memory" before it asks for pages.
  [[nodiscard]] std::optional<Placement> place(Bytes request, ObjectKind kind) const;

  // The bytes a growing slice of `request` bytes would get; overflowing requests come back
  // unchanged, to fail in the allocation itself. Nothing where the release has no such rounding.
  [[nodiscard]] std::optional<Bytes> round_up(Bytes request, ObjectKind kind) const;

  // The largest request that is not large.
  [[nodiscard]] Bytes small_max() const { return small_max_; }

  // The header that a pointerful request of this size needs.
  [[nodiscard]] Bytes header_of(Bytes request, ObjectKind kind) const;

 private:
  [[nodiscard]] std::optional<Placement> large(Bytes request) const;

  ReleaseFacts facts_;
  Architecture architecture_;
  SizeClasses classes_;
  Bytes small_max_;
};

}  // namespace heaplaw::model
