#include "model/heap/object_caches.h"

#include <utility>

#include "model/collector/sweeper.h"
#include "model/heap/span_source.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

SpanId ObjectCaches::refill(SpanClass span_class) {
  Proc& proc = s_.proc();
  if (const SpanId full = std::exchange(proc.cached[span_class], no_span); full != no_span) {
    Span& span = s_.spans[full];
    HEAPLAW_ASSERT(span.is_full(), "refill of a span with {} of {} slots taken", span.alloc_count(),
                   span.slots);
    s_.counts.count_cached(span);
    give_back(full);
    if (span_class == s_.classes->tiny_class()) {
      s_.counts.tiny_mallocs += std::exchange(proc.tiny_uncounted, 0);
    }
  }
  const SpanId id = find_span(span_class);
  Span& span = s_.spans[id];
  HEAPLAW_ASSERT(!span.is_full(), "cached a full span at {:#x}", span.base);
  span.sweep_generation = s_.sweep.generation + 3;
  span.counted = span.alloc_count();
  // As if all its slots were taken at once: better to collect too early than too late.
  s_.pacer.allocated(span.bytes() - span.counted * span.element_size);
  return proc.cached[span_class] = id;
}

SpanId ObjectCaches::find_span(SpanClass span_class) {
  const std::uint64_t pages = s_.classes->shape(span_class).pages;
  Sweeper sweeper(s_);
  sweeper.pay(pages << page_shift, 0);
  CentralList& list = s_.central[span_class];
  if (CountedSpanSet& set = list.partial_swept(s_.sweep.generation); !set.spans.empty()) {
    return s_.pop(set);
  }
  if (!s_.sweep.done) {
    if (const SpanId found = find_unswept(list); found != no_span) return found;
    sweeper.reclaim(pages);
  }
  return SpanSource(s_).allocate_objects(span_class, pages);
}

SpanId ObjectCaches::find_unswept(CentralList& list) {
  Sweeper sweeper(s_);
  unsigned budget = s_.facts.sweep_budget;
  CountedSpanSet& partial = list.partial_unswept(s_.sweep.generation);
  for (; budget > 0 && !partial.spans.empty(); --budget) {
    const SpanId id = s_.pop(partial);
    if (!sweeper.try_acquire(id)) continue;
    sweeper.sweep(id, /*keep=*/true);
    if (s_.spans[id].alloc_count() == 0) HEAPLAW_REACH("refill: from a span that lost everything");
    HEAPLAW_REACH("refill: from an unswept partial set");
    return id;
  }
  CountedSpanSet& full = list.full_unswept(s_.sweep.generation);
  for (; budget > 0 && !full.spans.empty(); --budget) {
    const SpanId id = s_.pop(full);
    if (!sweeper.try_acquire(id)) continue;
    sweeper.sweep(id, /*keep=*/true);
    if (!s_.spans[id].is_full()) {
      HEAPLAW_REACH("refill: from an unswept full set");
      return id;
    }
    s_.push(list.full_swept(s_.sweep.generation), id);
  }
  if (budget == 0) HEAPLAW_REACH("refill: sweep budget exhausted");
  return no_span;
}

SpanId ObjectCaches::allocate_large(std::uint64_t pages, ObjectKind kind) {
  const std::uint64_t bytes = pages << page_shift;
  Sweeper sweeper(s_);
  sweeper.pay(bytes, pages);
  if (!s_.sweep.done) sweeper.reclaim(pages);
  const SpanClass span_class = SpanClasses::join(0, kind);
  const SpanId id = SpanSource(s_).allocate_objects(span_class, pages);
  s_.counts.add_large(bytes);
  s_.pacer.allocated(bytes);
  s_.push(s_.central[span_class].full_swept(s_.sweep.generation), id);
  return id;
}

void ObjectCaches::flush(Proc& proc) {
  std::uint64_t unused = 0;
  for (SpanId& cached : proc.cached) {
    const SpanId id = std::exchange(cached, no_span);
    if (id == no_span) continue;
    Span& span = s_.spans[id];
    s_.counts.count_cached(span);
    // A mark phase since then has counted the heap anew, without the unused slots.
    if (span.sweep_generation == s_.sweep.generation + 3) {
      unused += static_cast<std::uint64_t>(span.slots - span.alloc_count()) * span.element_size;
    }
    give_back(id);
  }
  if (proc.tiny.block()) HEAPLAW_REACH("flush: a tiny block is forgotten");
  proc.tiny.forget();
  proc.tiny_ref = 0;
  s_.counts.tiny_mallocs += std::exchange(proc.tiny_uncounted, 0);
  s_.pacer.returned_unused(unused);
}

void ObjectCaches::give_back(SpanId id) {
  Span& span = s_.spans[id];
  HEAPLAW_ASSERT(span.alloc_count() > 0, "a cached span at {:#x} without an object", span.base);
  if (span.sweep_generation == s_.sweep.generation + 1) {
    HEAPLAW_REACH("flush: a stale span is swept");
    span.sweep_generation = s_.sweep.generation - 1;
    Sweeper(s_).sweep(id, /*keep=*/false);
    return;
  }
  span.sweep_generation = s_.sweep.generation;
  CentralList& list = s_.central[span.span_class];
  s_.push(span.is_full() ? list.full_swept(s_.sweep.generation)
                         : list.partial_swept(s_.sweep.generation),
          id);
}

}  // namespace heaplaw::model
