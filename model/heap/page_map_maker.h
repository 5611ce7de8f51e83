// The state of every page, from spans, bitmaps and page caches.
#pragma once

#include "model/heap/heap_state.h"
#include "vocabulary/page_map.h"

namespace heaplaw::model {

[[nodiscard]] PageMap make_page_map(const HeapState& state);

}  // namespace heaplaw::model
