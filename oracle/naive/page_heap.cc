#include "oracle/naive/page_heap.h"

#include <algorithm>
#include <utility>

#include "oracle/naive/books.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr std::uint64_t round_up(std::uint64_t n, std::uint64_t to) {
  return (n + to - 1) / to * to;
}

// AS-12, AS-13: whole chunks for all that is wanted, whatever is free at the heap's end. Says how
// many pages.
std::uint64_t grow(State& state, std::uint64_t wanted) {
  if (state.growth_fails || wanted > heap_pages_max) throw OutOfMemory{};
  const std::uint64_t pages = round_up(wanted, chunk_pages);
  if (count_pages(state.pages.mapped()) + pages > heap_pages_max) throw OutOfMemory{};
  return map_pages(state, pages);
}

void map_range(State& state, const PageRange& range) {
  if (range.pages() == 0) return;
  state.pages.grow(range.start, range.pages());
  state.off_heap.list_address_ranges(state.pages.mapped().size());
  state.off_heap.page_metadata = page_metadata_bytes(state);
}

TakenPages take_pages(State& state, std::uint64_t wanted, std::uint64_t& grown) {
  if (wanted < cache_alloc_limit) {
    PageCache& cache = state.proc().pages;
    if (cache.free == 0) cache = state.pages.take_cache();
    if (const auto taken = cache.alloc(wanted)) return *taken;
  }
  if (const auto taken = state.pages.alloc(wanted)) return *taken;
  grown = grow(state, wanted);
  const auto taken = state.pages.alloc(wanted);
  HEAPLAW_CHECK(taken.has_value(), "{} pages do not fit into {} grown ones", wanted, grown);
  return *taken;
}

// PA-25. An empty cache of records is filled half; records are never given back to the system.
void take_span_record(State& state) {
  constexpr std::uint64_t refill = 64;
  Proc& proc = state.proc();
  if (proc.span_records == 0) {
    proc.span_records = refill;
    OffHeap& off = state.off_heap;
    const std::uint64_t record = state.heap_facts().span_record.raw();
    const std::uint64_t in_chunk = fixed_chunk_bytes / record;
    const std::uint64_t in_use = count_span_records(state);
    for (; off.span_records_peak < in_use; ++off.span_records_peak) {
      if (off.span_records_peak % in_chunk == 0) {
        off.take_piece(in_chunk * record, 8);
      }
      if (off.span_records_peak == off.span_list_room) {
        off.span_list_room = std::max<std::uint64_t>(8192, off.span_list_room * 3 / 2);
      }
    }
  }
  --proc.span_records;
}

void give_span_record(State& state) {
  constexpr std::uint64_t kept_max = 128;
  Proc& proc = state.proc();
  if (proc.span_records < kept_max) ++proc.span_records;
}

SpanId place(State& state, Span&& span) {
  state.span_pages[static_cast<std::size_t>(span.kind)] += span.pages;
  SpanId id = static_cast<SpanId>(state.spans.size());
  if (state.unused_spans.empty()) {
    state.spans.push_back(std::move(span));
  } else {
    id = state.unused_spans.back();
    state.unused_spans.pop_back();
    state.spans[id] = std::move(span);
  }
  return id;
}

// SC-24 and SC-25. The span counts as in use by now, so that what the process has is what it would
// have with it; what the heap retained is from before.
void scavenge_for_span(State& state, std::uint64_t grown, std::uint64_t retained_before) {
  std::uint64_t bytes = 0;
  ScavengeWay way = ScavengeWay::growth;
  if (state.memory_limit != value_off) {
    const std::uint64_t mapped_ready = count_footprint(state).mapped_ready();
    if (mapped_ready > state.memory_limit) {
      bytes = mapped_ready - state.memory_limit;
      way = ScavengeWay::forced;
    }
  }
  const std::uint64_t growth = grown * page_bytes;
  if (growth > 0 && state.retained_goal != value_off &&
      retained_before + growth > state.retained_goal) {
    bytes = std::max(bytes, std::min(growth, retained_before + growth - state.retained_goal));
  }
  state.pages.scavenge(bytes, way);
}

void take_mark_bits(State& state, std::uint64_t slots) {
  state.off_heap.marks.take_bits(slots);  // marks
  state.off_heap.marks.take_bits(slots);  // allocated slots
}

SpanId allocate(State& state, Span&& span) {
  const std::uint64_t retained_before =
      state.retained_goal == value_off ? 0 : retained_bytes(state);
  std::uint64_t grown = 0;
  span.start = take_pages(state, span.pages, grown).start;
  take_span_record(state);
  const bool has_bits = span.kind == SpanKind::objects;
  const SpanId id = place(state, std::move(span));
  const bool bits_first = state.heap_facts().span_init == SpanInit::before_release;
  if (has_bits && bits_first) take_mark_bits(state, state.spans[id].slots);
  scavenge_for_span(state, grown, retained_before);
  if (has_bits && !bits_first) take_mark_bits(state, state.spans[id].slots);
  return id;
}

}  // namespace

SpanId allocate_object_span(State& state, std::uint64_t pages, unsigned span_class) {
  const std::uint64_t bytes = pages * page_bytes;
  const std::uint64_t size = state.classes[span_class / 2].size.raw();
  const bool large = span_class / 2 == 0;
  return allocate(state, {.kind = SpanKind::objects,
                          .pages = pages,
                          .span_class = span_class,
                          .slot_bytes = large ? bytes : size,
                          .slots = large ? 1 : state.slots[span_class],
                          .swept_in = state.cycle});
}

SpanId allocate_manual_span(State& state, std::uint64_t pages, SpanKind kind) {
  return allocate(state, {.kind = kind, .pages = pages});
}

void free_span(State& state, SpanId id) {
  Span& span = state.spans[id];
  state.pages.free(span.start, span.pages);
  state.span_pages[static_cast<std::size_t>(span.kind)] -= span.pages;
  span = Span{};
  state.unused_spans.push_back(id);
  give_span_record(state);
}

// One more arena than needed may be reserved, since the rest of the last one does not count
// (AS-10).
std::uint64_t map_pages(State& state, std::uint64_t pages) {
  AddressSpace& space = state.space;
  std::uint64_t left_behind = 0;
  if (space.rest().pages() < pages) {
    const auto place = space.reserve(round_up(pages, arena_pages));
    if (!place) throw OutOfMemory{};
    state.off_heap.list_arenas(space.arenas() + place->pages() / arena_pages);
    const PageRange rest = space.rest();
    if (place->start != rest.end) {
      map_range(state, rest);
      space.mapped_end = rest.end;
      left_behind = rest.pages();
    }
    space.go_on_in(*place);
  }
  map_range(state, {space.mapped_end, space.mapped_end + pages});
  space.mapped_end += pages;
  return left_behind + pages;
}

}  // namespace heaplaw::oracle::naive
