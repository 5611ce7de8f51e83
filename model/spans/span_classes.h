// What every span class of a release looks like, computed once, and which class a request gets.
#pragma once

#include <array>
#include <cstdint>

#include "model/placement.h"
#include "model/spans/span.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::model {

struct SpanShape {
  std::uint64_t element_size = 0;  // 0 for the two classes of large objects
  std::uint64_t pages = 0;
  std::uint16_t slots = 1;
};

[[nodiscard]] constexpr unsigned bit_words(unsigned slots) { return (slots + 63) / 64; }

class SpanClasses {
 public:
  explicit SpanClasses(const ReleaseFacts& facts);

  [[nodiscard]] const Placer& placer() const { return placer_; }
  [[nodiscard]] const SpanShape& shape(SpanClass c) const { return shapes_[c]; }
  [[nodiscard]] std::size_t size_class_count() const { return placer_.classes().count(); }

  // The largest request that is not large.
  [[nodiscard]] std::uint64_t small_max() const { return small_max_; }
  // Where an object that has a slot to itself lies: the class of its span, and how far from the
  // slot's start. Of others (tiny ones, large ones, those of no bytes) class 0, which no cache ever
  // has a span of. One table look-up, for sizes up to largest_place.
  struct Place {
    SpanClass span_class = 0;
    std::uint8_t header = 0;  // bytes
  };
  static constexpr std::uint64_t largest_place = 32768;  // no release has larger small objects
  [[nodiscard]] Place place_of(std::uint64_t size, ObjectKind kind) const {
    return places_[2 * size + static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] SpanClass tiny_class() const { return tiny_class_; }

  static constexpr SpanClass join(std::size_t size_class, ObjectKind kind) {
    return static_cast<SpanClass>(size_class * 2 + (kind == ObjectKind::noscan ? 1 : 0));
  }
  static constexpr ObjectKind kind_of(SpanClass c) {
    return c % 2 == 1 ? ObjectKind::noscan : ObjectKind::scan;
  }

 private:
  Placer placer_;
  std::uint64_t small_max_;
  SpanClass tiny_class_ = 0;
  std::array<SpanShape, span_class_count> shapes_{};
  std::array<Place, 2 * (largest_place + 1)> places_{};  // by size, then ObjectKind
};

}  // namespace heaplaw::model
