#include "model/collector/sweeper.h"

#include <algorithm>

#include "model/heap/span_source.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

SpanId Sweeper::next_span() {
  // Nothing is added to unswept sets, so the search never has to go back.
  for (; s_.sweep.next_class < 2 * span_class_count; ++s_.sweep.next_class) {
    CentralList& list = s_.central[s_.sweep.next_class / 2];
    const bool full_first = s_.sweep.next_class % 2 == 0;
    CountedSpanSet& set = full_first ? list.full_unswept(s_.sweep.generation)
                                     : list.partial_unswept(s_.sweep.generation);
    if (!set.spans.empty()) return s_.pop(set);
  }
  return no_span;
}

bool Sweeper::try_acquire(SpanId id) {
  if (!is_unswept(s_.spans[id])) return false;
  acquire(id);
  return true;
}

bool Sweeper::sweep_one() {
  if (s_.sweep.done) return false;
  for (;;) {
    const SpanId id = next_span();
    if (id == no_span) {
      s_.sweep.done = true;
      return false;
    }
    if (!try_acquire(id)) {
      HEAPLAW_REACH("sweep: popped a span that was swept by others");
      continue;
    }
    const std::uint64_t pages = s_.spans[id].pages;
    if (sweep(id, /*keep=*/false)) s_.sweep.reclaim_credit += pages;
    return true;
  }
}

void Sweeper::sweep_rest() {
  while (sweep_one()) {
  }
}

void Sweeper::finish() {
  sweep_rest();
  for (CentralList& list : s_.central) {
    s_.reset(list.partial_unswept(s_.sweep.generation));
    s_.reset(list.full_unswept(s_.sweep.generation));
  }
  s_.off_heap.sweep_finished();
}

bool Sweeper::sweep(SpanId id, bool keep) {
  Span& span = s_.spans[id];
  s_.sweep.pages_swept += span.pages;
  ++s_.sweep.swept_by_operation;
  const bool dead = span.marked == 0;
  if (dead) --s_.sweep.dead_spans;
  const unsigned freed = s_.spans.turn_marks_into_allocations(id);
  s_.off_heap.swept_span(span.slots);
  span.sweep_generation = s_.sweep.generation;
  s_.counts.freed(span, freed);
  if (keep) return false;
  if (dead) {
    SpanSource(s_).free(id);
    return true;
  }
  CentralList& list = s_.central[span.span_class];
  s_.push(span.is_full() ? list.full_swept(s_.sweep.generation)
                         : list.partial_swept(s_.sweep.generation),
          id);
  return false;
}

void Sweeper::begin(std::uint64_t trigger) {
  SweepState& sweep = s_.sweep;
  sweep.done = false;
  sweep.next_class = 0;
  sweep.pages_swept = 0;
  const auto arenas = s_.space.arenas_by_age();
  sweep.reclaim_arenas.assign(arenas.begin(), arenas.end());
  sweep.reclaim_page = 0;
  sweep.reclaim_done = false;
  sweep.reclaim_credit = 0;
  set_pace(trigger);
}

void Sweeper::set_pace(std::uint64_t trigger) {
  constexpr std::uint64_t margin = 1 << 20;
  SweepState& sweep = s_.sweep;
  if (sweep.done || sweep.pages_in_use <= sweep.pages_swept) {
    sweep.pages_per_byte = 0;
    return;
  }
  const std::uint64_t live = s_.pacer.heap_live();
  std::uint64_t distance = page_size.raw();
  if (trigger > live && trigger - live > margin + distance) distance = trigger - live - margin;
  sweep.pages_per_byte =
      static_cast<double>(sweep.pages_in_use - sweep.pages_swept) / static_cast<double>(distance);
  sweep.live_basis = live;
  sweep.swept_basis = sweep.pages_swept;
}

void Sweeper::pay(std::uint64_t bytes, std::uint64_t pages) {
  SweepState& sweep = s_.sweep;
  if (sweep.pages_per_byte == 0) return;
  const std::uint64_t live = s_.pacer.heap_live();
  // Unused slots that a flush returned can bring the heap below where the cycle began.
  const std::uint64_t grown = live > sweep.live_basis ? live - sweep.live_basis : 0;
  const auto owed =
      static_cast<std::int64_t>(sweep.pages_per_byte * static_cast<double>(bytes + grown)) -
      static_cast<std::int64_t>(pages);
  while (owed > static_cast<std::int64_t>(sweep.pages_swept - sweep.swept_basis)) {
    HEAPLAW_REACH("sweep: an allocation pays its debt");
    if (!sweep_one()) {
      sweep.pages_per_byte = 0;
      return;
    }
  }
}

}  // namespace heaplaw::model
