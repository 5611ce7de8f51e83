// What every span class of a release looks like, computed once, and which class a request gets.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

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
  // Of a request of 1 to small_max bytes; one table look-up.
  [[nodiscard]] SpanClass of(std::uint64_t size, ObjectKind kind) const {
    return table_[static_cast<std::size_t>(kind)][(size + 7) >> 3];
  }
  // From the slot's address to the object's.
  [[nodiscard]] std::uint64_t header_of(std::uint64_t size, ObjectKind kind) const {
    return has_headers_ ? placer_.header_of(Bytes{size}, kind).raw() : 0;
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
  bool has_headers_;
  SpanClass tiny_class_ = 0;
  std::array<SpanShape, span_class_count> shapes_{};
  std::array<std::vector<SpanClass>, 2> table_;  // a byte for every 8 of size, by ObjectKind
};

}  // namespace heaplaw::model
