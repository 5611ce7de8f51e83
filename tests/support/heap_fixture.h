// A heap of Go 1.19 for tests that look inside.
#pragma once

#include "model/heap/heap_state.h"
#include "model/heap/simulated_kernel.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::model {

struct HeapFixture {
  explicit HeapFixture(unsigned procs = 1)
      : classes(facts_of(Release::parse("go1.19.8"))), state(classes, procs, kernel) {}

  SpanClasses classes;
  SimulatedKernel kernel;
  HeapState state;
};

}  // namespace heaplaw::model
