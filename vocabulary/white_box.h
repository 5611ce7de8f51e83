// What a subject may tell about its insides, for laws that no outside view can judge: a search that
// starts too high finds the same pages for years, until the heap has a hole (Go issue 38605).
#pragma once

#include <cstdint>
#include <optional>

#include "vocabulary/units.h"

namespace heaplaw {

// Where the page allocator's next search begins: no free page lies below it.
struct SearchStart {
  bool exhausted = false;  // the allocator believes that no page is free
  Address address{};       // unless exhausted
};

// Everything is optional: a law is not evaluated on what a subject does not tell.
struct WhiteBox {
  std::optional<SearchStart> search;
  // Spans that the last operation swept from inside an allocation; 0 if it was none.
  std::optional<std::uint64_t> spans_swept;
  // Bytes that the last collection found live: what the next goal is computed from.
  std::optional<Bytes> heap_marked;
};

}  // namespace heaplaw
