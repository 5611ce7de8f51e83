#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

void every_request_counts(const M& m, F& f) {
  if (m.setting->starts_empty) equal(f, {"Mallocs"}, m.now->mallocs, m.ledger->mallocs);
}

void the_living_are_counted(const M& m, F& f) {
  if (!m.setting->starts_empty) return;
  const std::uint64_t apart = m.ledger->objects.size() - m.ledger->tiny_live;
  const std::uint64_t blocks = (m.ledger->tiny_live + 15) / 16;  // of 1-byte objects
  at_least(f, {"HeapObjects"}, m.now->heap_objects, apart + blocks);
}

void the_living_take_room(const M& m, F& f) {
  if (m.setting->starts_empty) at_least(f, {"HeapAlloc"}, m.now->heap_alloc, m.ledger->live_bytes);
}

void only_the_living_survive(const M& m, F& f) {
  if (!m.setting->starts_empty || !collected(*m.ledger)) return;
  at_most(f, {"HeapObjects"}, m.now->heap_objects, m.ledger->objects.size() + m.setting->procs);
}

void the_history_leaves_traces(const M& m, F& f) {
  if (m.ledger->mallocs == 0) return;
  at_least(f, {"Mallocs"}, m.now->mallocs, 1);
  at_least(f, {"TotalAlloc"}, m.now->total_alloc, 8);
  // Stacks may have taken all of the heap.
  at_least(f, {"HeapSys + StackSys"}, wrapping_add(m.now->heap_sys, m.now->stack_sys), 8192);
  at_least(f, {"Sys"}, m.now->sys, 8192);
  at_least(f, {"MSpanSys"}, m.now->mspan_sys, 1);
  at_least(f, {"GCSys"}, m.now->gc_sys, 1);
}

void one_cache_a_proc(const M& m, F& f) {
  const std::uint64_t record = m.setting->figures.cache_record.raw();
  if (record && m.setting->starts_empty) {
    equal(f, {"MCacheInuse"}, m.now->mcache_inuse, m.setting->procs * record);
  }
}

constexpr HeapLaw laws[] = {
    {{"every-request-counts", "Mallocs is the number of requests that were not empty.", "1.5 -",
      exact, "MS-2"},
     every_request_counts},
    {{"the-living-are-counted",
      "HeapObjects is at least the live objects, 16 tiny ones taken for one.", "1.5 -", exact,
      "MS-17"},
     the_living_are_counted},
    {{"the-living-take-room", "HeapAlloc is at least the live objects' bytes.", "1.5 -", exact,
      "MS-14"},
     the_living_take_room},
    {{"only-the-living-survive",
      "After a requested collection HeapObjects is at most the live objects and a tiny block a P.",
      "1.10 -", exact, "GC-3"},
     only_the_living_survive},
    {{"the-history-leaves-traces",
      "Once something was allocated Mallocs, TotalAlloc, HeapSys + StackSys, Sys, MSpanSys and "
      "GCSys are not 0.",
      "1.5 -", exact, "MS-26"},
     the_history_leaves_traces},
    {{"one-cache-a-proc", "MCacheInuse is one record for each P.", "1.9 -", exact, "MS-6"},
     one_cache_a_proc},
};

}  // namespace

std::span<const HeapLaw> laws_of_history() { return laws; }

}  // namespace heaplaw::oracle
