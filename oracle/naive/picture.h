// The page map, put together from free runs, caches and spans.
#pragma once

#include "oracle/naive/state.h"
#include "vocabulary/page_map.h"

namespace heaplaw::oracle::naive {

// Everything that claims pages, in ascending order, overlaps and all.
[[nodiscard]] std::vector<PageRun> all_page_runs(const State& state);

[[nodiscard]] PageMap picture(const State& state);

}  // namespace heaplaw::oracle::naive
