// What was allocated and freed, by class (runtime/mstats.go heapStatsDelta). Objects in spans that
// a P still caches are not in it: they are counted when the span leaves the cache (MS-3).
#pragma once

#include <array>
#include <cstdint>

#include "model/spans/span.h"
#include "model/spans/span_classes.h"

namespace heaplaw::model {

struct ObjectCounts {
  std::array<std::uint64_t, span_class_count / 2> small_mallocs{};
  std::array<std::uint64_t, span_class_count / 2> small_frees{};
  std::uint64_t large_mallocs = 0;
  std::uint64_t large_frees = 0;
  std::uint64_t large_bytes_allocated = 0;
  std::uint64_t large_bytes_freed = 0;
  std::uint64_t tiny_mallocs = 0;  // that found room in a block: no slot of their own
  // Slots times size, large ones included.
  std::uint64_t bytes_allocated = 0;
  std::uint64_t bytes_freed = 0;

  [[nodiscard]] std::uint64_t bytes_live() const { return bytes_allocated - bytes_freed; }

  // Slots of a cached span that the books did not know of; afterwards they do.
  void count_cached(Span& span) {
    add_small(span, static_cast<std::uint64_t>(span.alloc_count() - span.counted));
    span.counted = span.alloc_count();
  }
  void add_small(const Span& span, std::uint64_t slots) {
    small_mallocs[span.span_class / 2] += slots;
    bytes_allocated += slots * span.element_size;
  }
  void add_large(std::uint64_t bytes) {
    ++large_mallocs;
    large_bytes_allocated += bytes;
    bytes_allocated += bytes;
  }
  void freed(const Span& span, std::uint64_t slots) {
    bytes_freed += slots * span.element_size;
    if (span.is_large()) {
      large_frees += slots;
      large_bytes_freed += slots * span.element_size;
    } else {
      small_frees[span.span_class / 2] += slots;
    }
  }
};

}  // namespace heaplaw::model
