#include <array>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

struct NamedField {
  std::string_view name;
  std::uint64_t MemStats::*member;
};

void sys_is_sum(const M& m, F& f) {
  std::uint64_t sum = 0;
  for (const auto part :
       {&MemStats::heap_sys, &MemStats::stack_sys, &MemStats::mspan_sys, &MemStats::mcache_sys,
        &MemStats::buck_hash_sys, &MemStats::gc_sys, &MemStats::other_sys}) {
    sum = wrapping_add(sum, m.now->*part);
  }
  equal(f, {"Sys"}, m.now->sys, sum);
}

void heap_sys_is_sum(const M& m, F& f) {
  equal(f, {"HeapSys"}, m.now->heap_sys, wrapping_add(m.now->heap_inuse, m.now->heap_idle));
}

void released_within_idle(const M& m, F& f) {
  at_most(f, {"HeapReleased"}, m.now->heap_released, m.now->heap_idle);
}

void alloc_within_inuse(const M& m, F& f) {
  at_most(f, {"HeapAlloc"}, m.now->heap_alloc, m.now->heap_inuse);
}

void alloc_is_heap_alloc(const M& m, F& f) { equal(f, {"Alloc"}, m.now->alloc, m.now->heap_alloc); }

void objects_are_difference(const M& m, F& f) {
  equal(f, {"HeapObjects"}, m.now->heap_objects, wrapping_subtract(m.now->mallocs, m.now->frees));
}

void frees_within_mallocs(const M& m, F& f) { at_most(f, {"Frees"}, m.now->frees, m.now->mallocs); }

void alloc_within_total(const M& m, F& f) {
  at_most(f, {"HeapAlloc"}, m.now->heap_alloc, m.now->total_alloc);
}

void whole_pages(const M& m, F& f) {
  constexpr std::array<NamedField, 5> fields = {{{"HeapInuse", &MemStats::heap_inuse},
                                                 {"HeapIdle", &MemStats::heap_idle},
                                                 {"HeapReleased", &MemStats::heap_released},
                                                 {"HeapSys", &MemStats::heap_sys},
                                                 {"StackInuse", &MemStats::stack_inuse}}};
  for (const auto& [name, member] : fields) multiple_of(f, {name}, m.now->*member, 8192);
}

void stacks_within_sys(const M& m, F& f) {
  at_most(f, {"StackInuse"}, m.now->stack_inuse, m.now->stack_sys);
}

void span_records_within_sys(const M& m, F& f) {
  at_most(f, {"MSpanInuse"}, m.now->mspan_inuse, m.now->mspan_sys);
}

void cache_records_within_sys(const M& m, F& f) {
  at_most(f, {"MCacheInuse"}, m.now->mcache_inuse, m.now->mcache_sys);
}

void whole_span_records(const M& m, F& f) {
  const std::uint64_t record = m.setting->figures.span_record.raw();
  if (record) multiple_of(f, {"MSpanInuse"}, m.now->mspan_inuse, record);
}

void whole_cache_records(const M& m, F& f) {
  const std::uint64_t record = m.setting->figures.cache_record.raw();
  if (record) multiple_of(f, {"MCacheInuse"}, m.now->mcache_inuse, record);
}

// The fixed-size allocator takes chunks of 16 KiB, since 1.18 without the rest that fits no record.
void records_by_chunk(const M& m, F& f) {
  const HeapFigures& figures = m.setting->figures;
  const auto judge = [&](std::string_view name, std::uint64_t sys, std::uint64_t record) {
    if (record == 0) return;
    multiple_of(f, {name}, sys, figures.whole_records ? 16384 / record * record : 16384);
  };
  judge("MSpanSys", m.now->mspan_sys, figures.span_record.raw());
  judge("MCacheSys", m.now->mcache_sys, figures.cache_record.raw());
}

// A counter that went below zero shows up as a number that no machine has.
void nothing_wrapped(const M& m, F& f) {
  for (const MemStatsField& field : mem_stats_fields()) {
    if (field.member == &MemStats::next_gc) continue;  // off is 2^64 - 1
    at_most(f, {field.name}, m.now->*field.member, std::uint64_t{1} << 63U);
  }
}

void objects_take_room(const M& m, F& f) {
  at_least(f, {"HeapAlloc"}, m.now->heap_alloc, wrapping_multiply(8, m.now->heap_objects));
  if (m.now->heap_objects == 0) return;
  at_least(f, {"HeapInuse"}, m.now->heap_inuse, 8192);
  at_least(f, {"MSpanInuse"}, m.now->mspan_inuse, 1);
}

void nothing_freed_before_a_collection(const M& m, F& f) {
  if (m.now->num_gc == 0) equal(f, {"HeapAlloc"}, m.now->heap_alloc, m.now->total_alloc);
}

void forced_within_collections(const M& m, F& f) {
  at_most(f, {"NumForcedGC"}, m.now->num_forced_gc, m.now->num_gc);
}

constexpr HeapLaw laws[] = {
    {{"sys-is-sum", "Sys is the sum of all fields that end in Sys.", "1.2 -", exact, "MS-11"},
     sys_is_sum},
    {{"heap-sys-is-sum", "HeapSys = HeapInuse + HeapIdle.", "1.1 -", exact, "MS-12"},
     heap_sys_is_sum},
    {{"released-within-idle", "Only idle memory is given back: HeapReleased <= HeapIdle.", "1.1 -",
      exact, "MS-13"},
     released_within_idle},
    {{"alloc-within-inuse", "Objects lie in spans in use: HeapAlloc <= HeapInuse.", "1.1 -", exact,
      "MS-14"},
     alloc_within_inuse},
    {{"alloc-is-heap-alloc", "Alloc and HeapAlloc are one figure.", "1.1 -", exact, "MS-17"},
     alloc_is_heap_alloc},
    {{"objects-are-difference", "HeapObjects = Mallocs - Frees.", "1.1 -", exact, "MS-17"},
     objects_are_difference},
    {{"frees-within-mallocs", "Nothing is freed that was not allocated: Frees <= Mallocs.", "1.1 -",
      exact, "MS-17"},
     frees_within_mallocs},
    {{"alloc-within-total", "TotalAlloc - HeapAlloc is what was freed, so not negative.", "1.1 -",
      exact, "MS-17"},
     alloc_within_total},
    {{"whole-pages", "HeapInuse, HeapIdle, HeapReleased, HeapSys and StackInuse are whole pages.",
      "1.4 -", exact, "MS-15"},
     whole_pages},
    {{"stacks-within-sys", "StackInuse <= StackSys.", "1.1 -", exact, "MS-20"}, stacks_within_sys},
    {{"span-records-within-sys", "MSpanInuse <= MSpanSys.", "1.1 -", exact, "MS-21"},
     span_records_within_sys},
    {{"cache-records-within-sys", "MCacheInuse <= MCacheSys.", "1.1 -", exact, "MS-21"},
     cache_records_within_sys},
    {{"whole-span-records", "MSpanInuse is a multiple of a span record.", "1.9 -", exact, "MS-21"},
     whole_span_records},
    {{"whole-cache-records", "MCacheInuse is a multiple of a P's cache.", "1.9 -", exact, "MS-6"},
     whole_cache_records},
    {{"records-by-chunk", "MSpanSys and MCacheSys grow by chunks of at most 16384 bytes.", "1.9 -",
      exact, "MS-7"},
     records_by_chunk},
    {{"nothing-wrapped", "No figure but NextGC is above 2^63.", "1.4 -", exact, "10.1"},
     nothing_wrapped},
    {{"objects-take-room", "Each object takes 8 bytes or more, and any object a page and a record.",
      "1.4 -", exact, "MS-14"},
     objects_take_room},
    {{"nothing-freed-before-a-collection", "While NumGC is 0, HeapAlloc = TotalAlloc.", "1.5 -",
      exact, "SW-1"},
     nothing_freed_before_a_collection},
    {{"forced-within-collections", "NumForcedGC <= NumGC.", "1.8 -", exact, "MS-23"},
     forced_within_collections},
};

}  // namespace

std::span<const HeapLaw> laws_of_sums() { return laws; }

}  // namespace heaplaw::oracle
