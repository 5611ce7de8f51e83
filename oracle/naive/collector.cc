#include "oracle/naive/collector.h"

#include "oracle/naive/books.h"
#include "oracle/naive/objects.h"
#include "oracle/naive/pacer.h"
#include "oracle/naive/page_heap.h"
#include "oracle/naive/stacks.h"
#include "oracle/naive/sweeper.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr std::uint64_t periodic_nanoseconds = std::uint64_t{120} * 1'000'000'000;
constexpr unsigned periodic_collections_max = 100;  // in one advance
constexpr std::uint64_t clock_end = (std::uint64_t{1} << 63) - 1;

void take_work_buffers(State& state) {
  for (unsigned i = 0; i < state.heap_facts().work_buffer_spans; ++i) {
    state.work_buffers.push_back(
        allocate_manual_span(state, work_buffer_pages, SpanKind::work_buffer));
  }
}

void free_work_buffers(State& state) {
  for (const SpanId id : state.work_buffers) free_span(state, id);
  state.work_buffers.clear();
}

// Where a cycle's goal keeps its distance from.
std::uint64_t begun_at(const State& state) {
  const bool at_trigger = state.heap_facts().runway_basis == RunwayBasis::trigger;
  return at_trigger ? gc_trigger(state) : state.heap_live;
}

void mark(State& state, Slot slot) {
  if (slot.span == no_span) return;  // of 0 bytes
  Span& span = state.spans[slot.span];
  if (span.marked[slot.index]) return;
  span.marked.set(slot.index);
  state.heap_marked += span.slot_bytes;
}

void mark_live(State& state) {
  state.heap_marked = 0;
  for (const HeldObject& object : state.objects.slots()) {
    if (object.held) mark(state, object.slot);
  }
  for (const Slot& slot : state.kept) mark(state, slot);
  for (const Proc& proc : state.procs) mark(state, proc.tiny.slot);  // SP-9
}

// The books of GC-1, in its order.
void terminate_marking(State& state) {
  state.heap_live = state.heap_marked;
  ++state.cycle;
  state.pages_swept = 0;
  state.sweep_done = false;
  state.sweep_class = 0;
  state.reclaim_from = 0;
  state.reclaim_credit = 0;
  state.last_heap_inuse = pages_of(state, SpanKind::objects) * page_bytes;
  commit_pace(state);
  state.pages.next_generation();
  ++state.tally.collections;
  state.last_collection = state.now;
}

// PA-23. Who is not current is idle.
void flush_idle_page_caches(State& state) {
  for (unsigned i = 0; i < state.procs.size(); ++i) {
    if (i == state.current) continue;
    PageCache& cache = state.procs[i].pages;
    state.pages.give_back(cache);
    cache = {};
  }
}

void finish_sweep(State& state) {
  sweep_all(state);
  free_work_buffers(state);
}

}  // namespace

void flush_all(State& state) {
  for (Proc& proc : state.procs) {
    flush_objects(state, proc);
    flush_stacks(state, proc);
  }
}

void collect_as_triggered(State& state) {
  finish_sweep(state);
  reset_unswept_sets(state);
  state.off_heap.marks.turn();
  const std::uint64_t triggered = begun_at(state);
  take_work_buffers(state);
  state.last_goal = heap_goal(state, HeapAllocView::inner, triggered);
  mark_live(state);
  terminate_marking(state);
  flush_all(state);
  if (state.heap_facts().idle_page_caches_flushed) flush_idle_page_caches(state);
}

void collect_as_requested(State& state) {
  collect_as_triggered(state);
  ++state.tally.requested_collections;
  finish_sweep(state);
}

void free_os_memory(State& state) {
  collect_as_requested(state);
  collect_as_requested(state);
  state.pages.scavenge(value_off, ScavengeWay::forced);
}

void advance(State& state, std::uint64_t nanoseconds) {
  finish_sweep(state);
  const std::uint64_t end =
      nanoseconds > clock_end - state.now ? clock_end : state.now + nanoseconds;
  for (unsigned i = 0; i < periodic_collections_max; ++i) {
    if (state.tally.collections == 0 || state.gc_percent == value_off) break;
    const std::uint64_t since = state.now - state.last_collection;
    const std::uint64_t wait = since > periodic_nanoseconds ? 0 : periodic_nanoseconds - since;
    if (wait > end - state.now) break;
    state.now += wait;
    collect_as_triggered(state);
    finish_sweep(state);
  }
  state.now = end;
}

}  // namespace heaplaw::oracle::naive
