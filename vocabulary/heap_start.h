// Where a history begins: an empty heap, or the known state that a recording's calibration left
// (docs/simulated-process.md, SIM-1 and SIM-2).
#pragma once

#include <optional>
#include <vector>

#include "vocabulary/recording.h"
#include "vocabulary/units.h"

namespace heaplaw {

struct HeapStart {
  Address region;                 // everything below it is taken for ever
  Bytes region_size;              // free from `region` to roundup(region, 4 MiB) + this
  std::vector<SyncObject> syncs;  // to be allocated first, in order, and kept
};

[[nodiscard]] inline HeapStart start_of(const Recording& recording) {
  return {recording.region, recording.region_size, recording.syncs};
}

}  // namespace heaplaw
