#include "oracle/naive/recount.h"

#include <algorithm>
#include <array>
#include <vector>

#include "oracle/naive/books.h"
#include "oracle/naive/picture.h"
#include "oracle/naive/sweeper.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

namespace {

// Every mapped page has exactly one use.
void check_pages(const State& state) {
  state.space.check_invariants();
  state.pages.check_invariants();
  HEAPLAW_CHECK(state.pages.mapped() == state.space.mapped(),
                "{} pages are mapped, {} of them for use", count_pages(state.space.mapped()),
                count_pages(state.pages.mapped()));
  std::vector<PageRange> used;
  for (const PageRun& run : all_page_runs(state)) {
    const Page start = run.start.raw() / page_bytes;
    HEAPLAW_CHECK(used.empty() || used.back().end <= start, "page {:#x} has two uses",
                  start * page_bytes);
    const Page end = start + run.length.raw();
    if (!used.empty() && used.back().end == start) {
      used.back().end = end;
    } else {
      used.push_back({start, end});
    }
  }
  const std::vector<PageRange>& mapped = state.pages.mapped();
  const auto [range, use] = std::ranges::mismatch(mapped, used);
  const PageRange expected = range == mapped.end() ? PageRange{} : *range;
  const PageRange found = use == used.end() ? PageRange{} : *use;
  HEAPLAW_CHECK(expected == found, "pages {:#x} to {:#x} have a use, {:#x} to {:#x} are mapped",
                found.start, found.end, expected.start, expected.end);
  for (const Proc& proc : state.procs) {
    HEAPLAW_CHECK((proc.pages.scavenged & ~proc.pages.free) == 0,
                  "cache at {:#x}: a page in use is scavenged", proc.pages.base);
  }
}

// MemStats says how many objects there are; so do the spans.
void check_objects(const State& state) {
  const MemStats stats = count_mem_stats(state);
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
  for (const Span& span : state.spans) {
    if (span.kind != SpanKind::objects) continue;
    objects += span.allocated.count();
    bytes += span.allocated.count() * span.slot_bytes;
    for (unsigned i = 0; i < span.free_index; ++i) {
      HEAPLAW_CHECK(span.allocated[i], "slot {} of {:#x} is free below the free index", i,
                    span.address());
    }
  }
  HEAPLAW_CHECK(stats.heap_objects == objects, "{} objects counted, {} in spans",
                stats.heap_objects, objects);
  HEAPLAW_CHECK(stats.heap_alloc == bytes, "{} bytes counted, {} in spans", stats.heap_alloc,
                bytes);
  for (const auto& [handle, slot, held] : state.objects.slots()) {
    const bool exists =
        !held || slot.span == no_span || state.spans[slot.span].allocated[slot.index];
    HEAPLAW_CHECK(exists, "object {} was swept while alive", handle);
  }
}

// Bytes are tallied as they come and go; objects by class, whose sizes say the same.
void check_bytes(const State& state) {
  const Tally& tally = state.tally;
  std::uint64_t bytes = tally.large_bytes;
  std::uint64_t freed = tally.large_bytes_freed;
  for (unsigned c = 1; c < size_classes; ++c) {
    bytes += tally.mallocs[c] * state.classes[c].size.raw();
    freed += tally.frees[c] * state.classes[c].size.raw();
  }
  HEAPLAW_CHECK(bytes == tally.bytes && freed == tally.bytes_freed,
                "{} bytes allocated and {} freed by class, {} and {} counted", bytes, freed,
                tally.bytes, tally.bytes_freed);
}

// What is kept as the state changes, counted again.
void check_kept(const State& state) {
  std::array<std::uint64_t, span_kinds> pages{};
  for (const Span& span : state.spans) pages[static_cast<std::size_t>(span.kind)] += span.pages;
  HEAPLAW_CHECK(pages == state.span_pages, "{} pages in spans of objects, {} counted", pages[1],
                state.span_pages[1]);
  std::uint64_t uncounted = 0;
  for (const Proc& proc : state.procs) {
    for (const SpanId id : proc.spans) {
      if (id == no_span) continue;
      const Span& span = state.spans[id];
      uncounted += (span.allocated.count() - span.slots_before_caching) * span.slot_bytes;
    }
  }
  HEAPLAW_CHECK(uncounted == state.uncounted, "{} bytes handed out of cached spans, {} counted",
                uncounted, state.uncounted);
  const std::uint64_t metadata = page_metadata_bytes(state);
  HEAPLAW_CHECK(metadata == state.off_heap.page_metadata, "{} bytes of metadata, {} counted",
                metadata, state.off_heap.page_metadata);
}

// Each object span is in one place: a P's cache, or one set of its class; full if it is in a full
// set.
void check_sets(const State& state) {
  std::vector<unsigned> places(state.spans.size());
  std::uint64_t blocks = 0;
  for (const Proc& proc : state.procs) {
    for (const SpanId id : proc.spans) {
      if (id == no_span) continue;
      ++places[id];
      HEAPLAW_CHECK(state.spans[id].cached, "span {:#x} is cached unknowingly",
                    state.spans[id].address());
    }
  }
  for (unsigned c = 0; c < span_classes; ++c) {
    if (!state.central.has(c)) continue;
    for (const Fullness fullness : {partial, full}) {
      for (const std::size_t parity : {0U, 1U}) {
        const SpanSet& set = state.central.at(c).sets[fullness][parity];
        blocks += set.blocks();
        const bool is_swept = parity == state.cycle % 2;
        for (std::size_t i = 0; i < set.size(); ++i) {
          const SpanId id = set.at(i);
          if (!is_swept && !is_unswept(state, id)) continue;
          const Span& span = state.spans[id];
          HEAPLAW_CHECK(span.span_class == c, "span {:#x} is in a set of class {}", span.address(),
                        c);
          const bool has_room = span.next_free() < span.slots;
          HEAPLAW_CHECK(has_room == (fullness == partial), "span {:#x} is in the wrong set",
                        span.address());
          ++places[id];
        }
      }
    }
  }
  HEAPLAW_CHECK(blocks == state.off_heap.span_set_blocks, "{} blocks in sets, {} counted", blocks,
                state.off_heap.span_set_blocks);
  for (SpanId id = 0; id < state.spans.size(); ++id) {
    const unsigned expected = state.spans[id].kind == SpanKind::objects ? 1 : 0;
    HEAPLAW_CHECK(places[id] == expected, "span {:#x} is in {} places, not {}",
                  state.spans[id].address(), places[id], expected);
  }
}

void check_stacks(const State& state) {
  std::uint64_t stacks = state.stacks.size();
  std::uint64_t slots = 0;
  for (const Proc& proc : state.procs) {
    for (const auto& cache : proc.stacks) stacks += cache.size();
  }
  for (const Span& span : state.spans) {
    if (span.kind != SpanKind::stack) continue;
    slots += span.bytes() / span.stack_bytes;
    stacks += span.free_stacks.size();
  }
  HEAPLAW_CHECK(stacks == slots, "{} stacks in {} places for them", stacks, slots);
}

}  // namespace

void recount(const State& state) {
  check_pages(state);
  check_objects(state);
  check_sets(state);
  check_stacks(state);
  check_bytes(state);
  check_kept(state);
}

}  // namespace heaplaw::oracle::naive
