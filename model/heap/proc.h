// What one P keeps to itself, so that most allocations need nobody else (runtime/mcache.go, p).
#pragma once

#include <array>
#include <cstdint>

#include "model/pages/page_cache.h"
#include "model/spans/span_classes.h"
#include "model/stacks/stack_cache.h"
#include "model/tiny.h"

namespace heaplaw::model {

// A slot of a span, in one word: what handles stand for.
struct ObjectRef {
  static constexpr unsigned slot_bits = 16;
  static constexpr std::uint64_t of(SpanId span, unsigned slot) {
    return std::uint64_t{span} << slot_bits | slot;
  }
  static constexpr SpanId span(std::uint64_t ref) { return static_cast<SpanId>(ref >> slot_bits); }
  static constexpr unsigned slot(std::uint64_t ref) {
    return static_cast<unsigned>(ref & ((1u << slot_bits) - 1));
  }
  // An object of no bytes: a reference into no span.
  static constexpr std::uint64_t zero_size = 1;
};

struct Proc {
  explicit Proc(const SpanClasses& classes)
      : tiny(classes.placer().facts(), classes.placer().architecture()) {}

  std::array<SpanId, span_class_count> cached{};  // the span that serves each class
  TinyAllocator tiny;
  std::uint64_t tiny_ref = 0;        // the current tiny block, while there is one
  std::uint64_t tiny_uncounted = 0;  // tiny objects that the books do not know of yet
  StackCaches stacks;
  PageCache pages;
  unsigned span_records = 0;  // unused ones that it holds (PA-25)
};

}  // namespace heaplaw::model
