// What must be true of a state, whatever happened: everything counted again.
#pragma once

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

// Throws CheckFailure.
void recount(const State& state);

}  // namespace heaplaw::oracle::naive
