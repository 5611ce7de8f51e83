#include "model/heap/heap_state.h"

#include <stdexcept>

namespace heaplaw::model {

namespace {

const HeapFacts& heap_facts_of(const SpanClasses& classes) {
  const ReleaseFacts& facts = classes.placer().facts();
  if (!facts.heap) throw std::invalid_argument("nothing is known of this release's heap");
  return *facts.heap;
}

}  // namespace

HeapState::HeapState(const SpanClasses& span_classes, unsigned proc_count, Kernel& kernel)
    : classes(&span_classes),
      facts(heap_facts_of(span_classes)),
      space(span_classes.placer().facts(), kernel),
      pages(span_classes.placer().facts()),
      procs(proc_count, Proc{span_classes}),
      pacer(facts),
      off_heap(facts, proc_count) {}

}  // namespace heaplaw::model
