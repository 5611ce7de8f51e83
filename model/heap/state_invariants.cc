#include "model/heap/state_invariants.h"

#include "model/heap/page_map_maker.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

void check_books(const HeapState& state) {
  const Ledger& ledger = state.ledger;
  HEAPLAW_CHECK(ledger.mapped() == state.pages.mapped().total().raw(),
                "the ledger has {} bytes, the heap has grown to {}", ledger.mapped(),
                state.pages.mapped().total());
  HEAPLAW_CHECK(state.counts.bytes_freed <= state.counts.bytes_allocated,
                "{} bytes freed of {} allocated", state.counts.bytes_freed,
                state.counts.bytes_allocated);
  HEAPLAW_CHECK(state.counts.bytes_live() <= ledger.in_use, "{} live bytes in {} bytes of spans",
                state.counts.bytes_live(), ledger.in_use);
  HEAPLAW_CHECK(state.sweep.pages_in_use << page_shift == ledger.in_use,
                "{} pages in use, but {} bytes", state.sweep.pages_in_use, ledger.in_use);
}

// Where a span is, in the words of its generation.
enum class Whereabouts : std::uint8_t { lost, cached, swept_set, unswept_set };

struct Recount {
  Ledger ledger;
  std::uint64_t records = 0;
  std::vector<Whereabouts> whereabouts;
};

void find_sets(const HeapState& state, Recount& recount) {
  const auto visit = [&](const SpanSet& set, SpanClass span_class, bool full, bool swept) {
    set.check_invariants();
    for (std::size_t i = 0; i < set.size(); ++i) {
      const SpanId id = set.at(i);
      const Span& span = state.spans[id];
      // Unswept sets also name spans that others have swept, and whatever their records are now.
      if (!swept &&
          (span.use != SpanUse::object || !state.sweep.is_unswept(span.sweep_generation))) {
        continue;
      }
      HEAPLAW_CHECK(span.span_class == span_class, "span at {:#x} is in the lists of class {}",
                    span.base, span_class);
      HEAPLAW_CHECK(full == span.is_full(), "span at {:#x} with {} of {} slots is in a {} set",
                    span.base, span.alloc_count(), span.slots, full ? "full" : "partial");
      Whereabouts& where = recount.whereabouts[id];
      HEAPLAW_CHECK(where == Whereabouts::lost, "span at {:#x} is in two places", span.base);
      where = swept ? Whereabouts::swept_set : Whereabouts::unswept_set;
    }
  };
  auto central = state.central;
  const std::uint32_t generation = state.sweep.generation;
  for (unsigned i = 0; i < span_class_count; ++i) {
    const auto c = static_cast<SpanClass>(i);
    visit(central[i].partial_swept(generation).spans, c, false, true);
    visit(central[i].full_swept(generation).spans, c, true, true);
    visit(central[i].partial_unswept(generation).spans, c, false, false);
    visit(central[i].full_unswept(generation).spans, c, true, false);
  }
}

void find_caches(const HeapState& state, Recount& recount) {
  for (const Proc& proc : state.procs) {
    proc.pages.check_invariants();
    recount.records += proc.span_records;
    for (unsigned i = 0; i < span_class_count; ++i) {
      const SpanId id = proc.cached[i];
      if (id == no_span) continue;
      const Span& span = state.spans[id];
      HEAPLAW_CHECK(span.use == SpanUse::object && span.span_class == i &&
                        span.sweep_generation == state.sweep.generation + 3,
                    "span at {:#x} is not what class {} caches", span.base, i);
      HEAPLAW_CHECK(recount.whereabouts[id] == Whereabouts::lost, "span at {:#x} is in two places",
                    span.base);
      recount.whereabouts[id] = Whereabouts::cached;
    }
  }
}

void count_spans(const HeapState& state, Recount& recount) {
  std::uint64_t swept_pages = 0;
  std::uint64_t dead_spans = 0;
  for (const SpanId id : state.spans.all_by_address()) {
    const Span& span = state.spans[id];
    state.spans.check_span(id);
    recount.ledger.account_of(span.use) += span.bytes();
    if (span.use != SpanUse::other) ++recount.records;
    if (span.use != SpanUse::object) continue;
    swept_pages += span.pages;
    if (span.marked == 0 && state.sweep.is_unswept(span.sweep_generation)) ++dead_spans;
    HEAPLAW_CHECK(recount.whereabouts[id] != Whereabouts::lost, "span at {:#x} is in no list",
                  span.base);
    if (recount.whereabouts[id] == Whereabouts::swept_set) {
      HEAPLAW_CHECK(span.sweep_generation == state.sweep.generation,
                    "span at {:#x} of generation {} is in a swept set at {}", span.base,
                    span.sweep_generation, state.sweep.generation);
    }
  }
  HEAPLAW_CHECK(swept_pages == state.sweep.pages_in_use, "{} pages in object spans, counted {}",
                swept_pages, state.sweep.pages_in_use);
  HEAPLAW_CHECK(dead_spans == state.sweep.dead_spans, "{} dead spans unswept, counted {}",
                dead_spans, state.sweep.dead_spans);
}

void count_free_pages(const HeapState& state, Recount& recount) {
  const PageMap map = make_page_map(state);
  const Bytes page = map.page_size();
  recount.ledger.free = bytes_of(map.count(PageUse::free) + map.count(PageUse::cached), page).raw();
  recount.ledger.released =
      bytes_of(map.count(PageUse::free_scavenged) + map.count(PageUse::cached_scavenged), page)
          .raw();
}

void check_live_objects(const HeapState& state) {
  const auto check = [&](std::uint64_t ref) {
    const SpanId id = ObjectRef::span(ref);
    if (id == no_span) return;
    HEAPLAW_CHECK(
        state.spans[id].use == SpanUse::object && state.spans.is_taken(id, ObjectRef::slot(ref)),
        "a live object's slot {} at {:#x} is free", ObjectRef::slot(ref), state.spans[id].base);
  };
  state.objects.for_each(check);
  for (const std::uint64_t ref : state.kept) check(ref);
}

}  // namespace

void recount_state(const HeapState& state) {
  Recount recount;
  recount.whereabouts.resize(state.spans.record_count(), Whereabouts::lost);
  find_caches(state, recount);
  find_sets(state, recount);
  count_spans(state, recount);
  count_free_pages(state, recount);
  HEAPLAW_CHECK(recount.ledger == state.ledger,
                "recounted {} in use, {} free, {} released, {} stacks, {} work buffers; the ledger "
                "has {}, {}, {}, {}, {}",
                recount.ledger.in_use, recount.ledger.free, recount.ledger.released,
                recount.ledger.stacks, recount.ledger.work_buffers, state.ledger.in_use,
                state.ledger.free, state.ledger.released, state.ledger.stacks,
                state.ledger.work_buffers);
  HEAPLAW_CHECK(recount.records == state.off_heap.span_record_count() + state.guessed_records,
                "{} span records in use or cached, counted {}", recount.records,
                state.off_heap.span_record_count());
  state.spans.check_invariants();
  state.objects.check_invariants();
  state.stacks.check_invariants();
  check_live_objects(state);
}

void check_state(const HeapState& state) {
  if constexpr (HEAPLAW_INVARIANTS >= 1) {
    check_books(state);
    state.pacer.check_invariants();
  }
  if constexpr (HEAPLAW_INVARIANTS >= 2) {
    state.pages.check_invariants();
    state.space.check_invariants();
    recount_state(state);
  }
}

}  // namespace heaplaw::model
