// What one P keeps to itself, so that most allocations need nobody else (runtime/mcache.go, p).
#pragma once

#include <array>
#include <cstdint>

#include "model/pages/page_cache.h"
#include "model/spans/span_classes.h"
#include "model/stacks/stack_cache.h"
#include "model/tiny.h"

namespace heaplaw::model {

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
