#include "oracle/naive/objects.h"

#include "oracle/naive/page_heap.h"
#include "oracle/naive/sweeper.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr unsigned class_index(std::size_t size_class, ObjectKind kind) {
  return static_cast<unsigned>(size_class) * 2 + (kind == ObjectKind::noscan ? 1 : 0);
}

bool has_free_slot(const State& state, SpanId id) {
  const Span& span = state.spans[id];
  return span.next_free() < span.slots;
}

// SP-15: a swept partial span, else one that sweeping makes usable, else a fresh one.
SpanId cache_span(State& state, unsigned span_class) {
  const std::uint64_t pages = state.classes[span_class / 2].pages.raw();
  deduct_sweep_credit(state, pages * page_bytes, 0);
  if (const auto id = pop(state, swept_set(state, span_class, partial))) return *id;

  unsigned pops = 0;
  for (const Fullness fullness : {partial, full}) {
    for (; pops < state.heap_facts().sweep_budget && !state.sweep_done; ++pops) {
      const auto id = pop(state, unswept_set(state, span_class, fullness));
      if (!id) break;
      if (!is_unswept(state, *id)) continue;
      if (sweep_and_keep(state, *id) < state.spans[*id].slots) return *id;
      push_swept(state, *id, full);
    }
  }
  reclaim(state, pages);
  return allocate_object_span(state, pages, span_class);
}

// No P allocates from it any more, and the pacer learns of what was.
void leave_cache(State& state, Span& span) {
  span.cached = false;
  state.uncounted -= (span.allocated.count() - span.slots_before_caching) * span.slot_bytes;
}

// The current span is full, or there is none.
void refill(State& state, unsigned span_class) {
  SpanId& current = state.proc().spans[span_class];
  if (current != no_span) {
    leave_cache(state, state.spans[current]);
    push_swept(state, current, full);
    current = no_span;
  }
  current = cache_span(state, span_class);
  Span& span = state.spans[current];
  span.cached = true;
  span.slots_before_caching = span.allocated.count();
  // SP-19: all that is free in it counts as if it were allocated.
  state.heap_live += span.bytes() - span.slots_before_caching * span.slot_bytes;
}

// `refilled` is left alone where no span had to be cached.
Slot take_slot(State& state, unsigned span_class, bool& refilled) {
  const SpanId& current = state.proc().spans[span_class];
  if (current == no_span || !has_free_slot(state, current)) {
    refill(state, span_class);
    refilled = true;
  }
  Span& span = state.spans[current];
  const unsigned index = span.next_free();
  span.allocated.set(index);
  span.free_index = index + 1;
  ++state.tally.mallocs[span.size_class()];
  state.tally.bytes += span.slot_bytes;
  state.uncounted += span.slot_bytes;
  return {current, index};
}

std::uint64_t address_of(const State& state, Slot slot) {
  const Span& span = state.spans[slot.span];
  return span.address() + slot.index * span.slot_bytes;
}

// SP-7.
std::uint64_t tiny_offset(std::uint64_t used, std::uint64_t bytes) {
  const std::uint64_t align = bytes % 8 == 0 ? 8 : bytes % 4 == 0 ? 4 : bytes % 2 == 0 ? 2 : 1;
  return (used + align - 1) / align * align;
}

Placed place_tiny(State& state, std::uint64_t bytes) {
  TinyBlock& tiny = state.proc().tiny;
  const std::uint64_t offset = tiny_offset(tiny.used, bytes);
  if (tiny.exists() && offset + bytes <= tiny_block_bytes) {
    tiny.used = offset + bytes;
    ++state.tally.tiny;
    return {.slot = tiny.slot, .address = address_of(state, tiny.slot) + offset};
  }
  Placed placed;
  placed.slot =
      take_slot(state, class_index(tiny_size_class, ObjectKind::noscan), placed.tests_trigger);
  placed.address = address_of(state, placed.slot);
  if (!tiny.exists() || bytes < tiny.used) tiny = {.slot = placed.slot, .used = bytes};
  return placed;
}

// SP-21.
Placed place_large(State& state, std::uint64_t pages, ObjectKind kind) {
  deduct_sweep_credit(state, pages * page_bytes, pages);
  reclaim(state, pages);
  const SpanId id = allocate_object_span(state, pages, class_index(0, kind));
  push_swept(state, id, full);
  Span& span = state.spans[id];
  span.allocated.set(0);
  span.free_index = 1;
  ++state.tally.mallocs[0];
  state.tally.bytes += span.bytes();
  state.tally.large_bytes += span.bytes();
  state.heap_live += span.bytes();
  return {.slot = {id, 0}, .address = span.address(), .tests_trigger = true};
}

}  // namespace

Placed place_object(State& state, std::uint64_t bytes, ObjectKind kind, const Landing& landing) {
  switch (landing.place) {
    case LandingPlace::zero_size:
      return {};  // one shared address, outside the heap
    case LandingPlace::tiny:
      return place_tiny(state, bytes);
    case LandingPlace::small: {
      Placed placed;
      placed.slot = take_slot(state, class_index(landing.class_number, kind), placed.tests_trigger);
      placed.address = address_of(state, placed.slot) + landing.header.raw();
      return placed;
    }
    case LandingPlace::large:
      return place_large(state, landing.pages.raw(), kind);
    case LandingPlace::out_of_memory:
      break;
  }
  throw OutOfMemory{};
}

void flush_objects(State& state, Proc& proc) {
  for (SpanId& current : proc.spans) {
    if (current == no_span) continue;
    const SpanId id = current;
    current = no_span;
    Span& span = state.spans[id];
    leave_cache(state, span);
    if (span.swept_in < state.cycle) {  // stale: HeapLive was recounted since (SP-19)
      sweep(state, id);
      continue;
    }
    const std::uint64_t unused = span.slots - span.allocated.count();
    state.heap_live -= unused * span.slot_bytes;
    push_swept(state, id, unused > 0 ? partial : full);
  }
  proc.tiny = {};
}

}  // namespace heaplaw::oracle::naive
