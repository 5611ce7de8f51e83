#include "oracle/naive/sweeper.h"

#include <algorithm>
#include <vector>

#include "oracle/naive/books.h"
#include "oracle/naive/pacer.h"
#include "oracle/naive/page_heap.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

SpanSet& swept_set(State& state, unsigned span_class, Fullness fullness) {
  return state.central.of(span_class).sets[fullness][state.cycle % 2];
}

SpanSet& unswept_set(State& state, unsigned span_class, Fullness fullness) {
  return state.central.of(span_class).sets[fullness][(state.cycle + 1) % 2];
}

// Blocks come from a pool and go back to it, so that the most ever held at once were obtained.
void push_swept(State& state, SpanId id, Fullness fullness) {
  SpanSet& set = swept_set(state, state.spans[id].span_class, fullness);
  OffHeap& off = state.off_heap;
  if (set.needs_table()) off.take_gc_piece(8 * set.enlarge_table(), 64);
  off.span_set_blocks -= set.blocks();
  set.push(id);
  off.span_set_blocks += set.blocks();
  if (off.span_set_blocks <= off.span_set_blocks_peak) return;
  off.span_set_blocks_peak = off.span_set_blocks;
  const HeapFacts& facts = state.heap_facts();
  off.take_gc_piece(facts.span_set_block.raw(), facts.span_set_block_alignment.raw());
}

std::optional<SpanId> pop(State& state, SpanSet& set) {
  if (set.size() == 0) return std::nullopt;
  state.off_heap.span_set_blocks -= set.blocks();
  const auto id = set.pop();
  state.off_heap.span_set_blocks += set.blocks();
  return id;
}

bool is_unswept(const State& state, SpanId id) {
  const Span& span = state.spans[id];
  return span.kind == SpanKind::objects && !span.cached && span.swept_in < state.cycle;
}

unsigned sweep_and_keep(State& state, SpanId id) {
  Span& span = state.spans[id];
  HEAPLAW_CHECK(span.swept_in < state.cycle, "span at {:#x} is swept already", span.address());
  HEAPLAW_CHECK(span.allocated.contains(span.marked), "span at {:#x}: a free slot is marked",
                span.address());
  const unsigned live = span.marked.count();
  const std::uint64_t freed = span.allocated.count() - live;
  state.tally.frees[span.size_class()] += freed;
  state.tally.bytes_freed += freed * span.slot_bytes;
  if (span.size_class() == 0) state.tally.large_bytes_freed += freed * span.slot_bytes;
  span.allocated = span.marked;
  span.marked.clear();
  span.free_index = 0;
  span.swept_in = state.cycle;
  state.pages_swept += span.pages;
  state.off_heap.marks.take_bits(span.slots);
  return live;
}

bool sweep(State& state, SpanId id) {
  const unsigned live = sweep_and_keep(state, id);
  if (live == 0) {
    free_span(state, id);
    return true;
  }
  push_swept(state, id, live == state.spans[id].slots ? full : partial);
  return false;
}

bool sweep_one(State& state) {
  for (; state.sweep_class < span_classes; ++state.sweep_class) {
    if (!state.central.has(state.sweep_class)) continue;
    for (const Fullness fullness : {full, partial}) {
      while (const auto id = pop(state, unswept_set(state, state.sweep_class, fullness))) {
        if (!is_unswept(state, *id)) continue;  // reclaimed, or swept for an allocation
        const std::uint64_t pages = state.spans[*id].pages;
        if (sweep(state, *id)) state.reclaim_credit += pages;
        return true;
      }
    }
  }
  state.sweep_done = true;
  return false;
}

void sweep_all(State& state) {
  while (sweep_one(state)) {
  }
}

void reset_unswept_sets(State& state) {
  for (unsigned c = 0; c < span_classes; ++c) {
    if (!state.central.has(c)) continue;
    for (const Fullness fullness : {partial, full}) {
      SpanSet& set = unswept_set(state, c, fullness);
      if (set.is_new()) continue;
      state.off_heap.span_set_blocks -= set.blocks();
      set.reset();
    }
  }
}

void deduct_sweep_credit(State& state, std::uint64_t bytes, std::uint64_t caller_pages) {
  if (state.sweep_pace.pages == 0) return;
  const std::uint64_t target = sweep_target(state, bytes);
  while (target > state.pages_swept - state.sweep_pace.swept_basis + caller_pages) {
    if (!sweep_one(state)) {
      state.sweep_pace = {};
      return;
    }
  }
}

void reclaim(State& state, std::uint64_t pages) {
  if (state.sweep_done) return;
  while (true) {
    const std::uint64_t credit = std::min(state.reclaim_credit, pages);
    state.reclaim_credit -= credit;
    pages -= credit;
    if (pages == 0 || state.reclaim_from == nothing_to_reclaim) return;

    // The next 512 pages that hold a span without anything alive; those before hold none. Spans
    // allocated since the collection are swept, so that its snapshot of arenas need not be kept.
    std::vector<SpanId> dead;
    const auto place_of = [&](SpanId id) { return state.space.place_of(state.spans[id].start); };
    for (SpanId id = 0; id < state.spans.size(); ++id) {
      const Span& span = state.spans[id];
      if (!is_unswept(state, id) || !span.marked.none()) continue;
      if (place_of(id) >= state.reclaim_from) dead.push_back(id);
    }
    if (dead.empty()) {  // and none will be until the next collection
      state.reclaim_from = nothing_to_reclaim;
      return;
    }
    std::ranges::sort(dead, {}, place_of);
    state.reclaim_from = (place_of(dead.front()) / chunk_pages + 1) * chunk_pages;
    std::uint64_t found = 0;
    for (const SpanId id : dead) {
      if (place_of(id) >= state.reclaim_from) break;
      found += state.spans[id].pages;
      sweep(state, id);
    }
    state.reclaim_credit += found - std::min(found, pages);
    pages -= std::min(found, pages);
  }
}

}  // namespace heaplaw::oracle::naive
