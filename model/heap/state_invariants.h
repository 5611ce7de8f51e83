// What must hold between the structures of a heap, whatever its history.
#pragma once

#include "model/heap/heap_state.h"

namespace heaplaw::model {

// Throws CheckFailure. At invariant level 1 what costs little per span class and P, at level 2
// a recount of everything.
void check_state(const HeapState& state);

// The recount alone, whatever the level.
void recount_state(const HeapState& state);

}  // namespace heaplaw::model
