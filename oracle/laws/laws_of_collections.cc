#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;
using enum OperationKind;

void requests_collect(const M& m, F& f) {
  if (!collected(*m.ledger)) return;
  const std::uint64_t times = m.ledger->last_was(gc) ? 1 : 2;
  equal(f, {"NumGC"}, m.now->num_gc, wrapping_add(m.before->num_gc, times));
  equal(f, {"NumForcedGC"}, m.now->num_forced_gc, wrapping_add(m.before->num_forced_gc, times));
}

void only_requests_are_forced(const M& m, F& f) {
  if (collects(m.ledger->last)) return;
  equal(f, {"NumForcedGC"}, m.now->num_forced_gc, m.before->num_forced_gc);
}

void off_is_off(const M& m, F& f) {
  if (m.ledger->has_percent() || m.ledger->has_limit() || collects(m.ledger->last)) return;
  equal(f, {"NumGC"}, m.now->num_gc, m.before->num_gc);
}

void collections_allocate_nothing(const M& m, F& f) {
  if (!collects(m.ledger->last)) return;
  equal(f, {"Mallocs"}, m.now->mallocs, m.before->mallocs);
  equal(f, {"TotalAlloc"}, m.now->total_alloc, m.before->total_alloc);
}

// The first of two marks each P's current tiny block and then forgets it; the second may free it.
void second_collection_frees_nothing(const M& m, F& f) {
  if (!collected(*m.ledger) || !collects(m.ledger->previous)) return;
  const std::uint64_t blocks = m.ledger->previous_was(gc) ? m.setting->procs : 0;
  at_most(f, {"Frees"}, m.now->frees, wrapping_add(m.before->frees, blocks));
  at_least(f, {"HeapAlloc"}, wrapping_add(m.now->heap_alloc, blocks * tiny_block.raw()),
           m.before->heap_alloc);
  at_least(f, {"HeapInuse"}, wrapping_add(m.now->heap_inuse, blocks * heap_page.raw()),
           m.before->heap_inuse);
}

void time_brings_collections(const M& m, F& f) {
  if (!m.ledger->last_was(advance) || m.ledger->last->value <= periodic_collection_ns) return;
  if (m.before->num_gc == 0 || !m.ledger->has_percent() || m.ledger->failed()) return;
  // What would be due after the clock's end never is (SIM-6).
  if (m.before->last_gc > clock_end - periodic_collection_ns) return;
  at_least(f, {"NumGC"}, m.now->num_gc, wrapping_add(m.before->num_gc, 1));
}

void time_brings_no_more(const M& m, F& f) {
  if (!m.ledger->last_was(advance)) return;
  const std::uint64_t most = m.before->num_gc == 0 || !m.ledger->has_percent()
                                 ? 0
                                 : m.ledger->last->value / periodic_collection_ns + 1;
  at_most(f, {"NumGC"}, m.now->num_gc, wrapping_add(m.before->num_gc, most));
}

void frees_need_a_collection(const M& m, F& f) {
  if (m.now->num_gc != 0) return;
  equal(f, {"TotalAlloc - HeapAlloc"}, wrapping_subtract(m.now->total_alloc, m.now->heap_alloc),
        wrapping_subtract(m.before->total_alloc, m.before->heap_alloc));
  at_least(f, {"HeapInuse"}, m.now->heap_inuse, m.before->heap_inuse);
}

// From 1.21 on growth can hide pages from it: see laws_of_free_pages.cc.
void release_is_complete(const M& m, F& f) {
  if (!m.ledger->last_was(free_os_memory) || m.ledger->failed()) return;
  const bool caches = m.setting->release >= Release{14};
  const std::uint64_t hidden = caches ? 8192 * (pages_per_cache - 1) * m.setting->procs : 0;
  at_most(f, {"HeapIdle - HeapReleased"}, wrapping_subtract(m.now->heap_idle, m.now->heap_released),
          hidden);
}

constexpr HeapLaw laws[] = {
    {{"requests-collect", "runtime.GC counts one forced collection, FreeOSMemory two.", "1.10 -",
      exact, "GC-3, SIM-7"},
     requests_collect},
    {{"only-requests-are-forced", "Triggered and periodic collections are not forced ones.",
      "1.8 -", exact, "GC-4"},
     only_requests_are_forced},
    {{"off-is-off", "With GOGC off and no limit only a request collects.", "1.4 -", exact, "GC-7"},
     off_is_off},
    {{"collections-allocate-nothing", "A collection changes neither Mallocs nor TotalAlloc.",
      "1.5 -", exact, "GC-1"},
     collections_allocate_nothing},
    {{"second-collection-frees-nothing",
      "A second collection in a row frees nothing but a tiny block a P.", "1.10 -", exact,
      "OR-4, SP-9"},
     second_collection_frees_nothing},
    {{"time-brings-collections",
      "With GOGC on and a collection behind it, no process goes two minutes without one.", "1.5 -",
      exact, "GC-4"},
     time_brings_collections},
    {{"time-brings-no-more", "Time alone brings at most one collection each two minutes.", "1.5 -",
      exact, "GC-4"},
     time_brings_no_more},
    {{"frees-need-a-collection", "Before the first collection no memory is freed.", "1.5 -", exact,
      "SP-6"},
     frees_need_a_collection},
    {{"release-is-complete",
      "After FreeOSMemory HeapIdle - HeapReleased is at most 63 pages of each P's cache.",
      "1.4 - 1.20", exact, "SC-27"},
     release_is_complete},
};

}  // namespace

std::span<const HeapLaw> laws_of_collections() { return laws; }

}  // namespace heaplaw::oracle
