#include <algorithm>
#include <optional>
#include <vector>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

// Pages that were free and outside caches before the operation and are so after it: any search
// during it could have had them.
class AlwaysFree {
 public:
  AlwaysFree(const PageMap& before, const PageMap& after) {
    const auto a = before.runs();
    const auto b = after.runs();
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      const Address start = std::max(a[i].start, b[j].start);
      const Address end = std::min(end_of(a[i]), end_of(b[j]));
      if (start < end && in_bitmap(a[i].state.use) && in_bitmap(b[j].state.use)) add(start, end);
      ++(end_of(a[i]) < end_of(b[j]) ? i : j);
    }
  }

  // The lowest run of so many pages that begins below the limit.
  [[nodiscard]] std::optional<Address> lowest(Pages pages, Address limit) const {
    for (const Range& range : ranges_) {
      if (range.start >= limit) return std::nullopt;
      if (range.end - range.start >= bytes_of(pages, heap_page)) return range.start;
    }
    return std::nullopt;
  }

 private:
  struct Range {
    Address start, end;
  };

  void add(Address start, Address end) {
    if (!ranges_.empty() && ranges_.back().end == start) {
      ranges_.back().end = end;
    } else {
      ranges_.push_back({start, end});
    }
  }

  std::vector<Range> ranges_;
};

// Spans of the later map that are not in the earlier one: taken by the operation.
template <typename Visit>
void with_new_spans(const M& m, Visit visit) {
  const auto before = m.map_before->runs();
  auto old = before.begin();
  for (const PageRun& run : m.map->runs()) {
    while (old != before.end() && old->start < run.start) ++old;
    if (is_span(run.state.use) && !(old != before.end() && *old == run)) visit(run);
  }
}

void first_fit(const M& m, F& f) {
  const AlwaysFree free(*m.map_before, *m.map);
  with_new_spans(m, [&](const PageRun& span) {
    if (in_cache(m.map_before->at(span.start).use)) return;  // the P's cache comes first
    f.compared();
    if (const auto lower = free.lowest(span.length, span.start)) {
      f.add({"new span", span.start}, fmt::format("{}", span.start),
            fmt::format("{}, the lowest {} free pages", *lower, span.length));
    }
  });
}

// Two Ps can have pages of one block, and the map does not tell whose they are.
void caches_give_the_lowest(const M& m, F& f) {
  if (m.setting->procs != 1) return;
  with_new_spans(m, [&](const PageRun& span) {
    if (!in_cache(m.map_before->at(span.start).use)) return;
    f.compared();
    const std::uint64_t block = heap_page.raw() * pages_per_cache;
    std::uint64_t run = 0;
    // A run in the same block that was cached before and is cached now was there for the taking.
    for (std::uint64_t page = span.start.raw() / block * block; page < span.start.raw();
         page += heap_page.raw()) {
      const bool idle =
          in_cache(m.map_before->at(Address{page}).use) && in_cache(m.map->at(Address{page}).use);
      run = idle ? run + 1 : 0;
      if (run < span.length.raw()) continue;
      f.add({"new span", span.start}, fmt::format("{}", span.start), "lower pages of its cache");
      return;
    }
  });
}

// Large spans are too long for a cache: 16 pages and more are never looked for there.
void long_spans_skip_caches(const M& m, F& f) {
  with_new_spans(m, [&](const PageRun& span) {
    if (span.length.raw() < 16) return;
    f.compared();
    if (!in_cache(m.map_before->at(span.start).use)) return;
    f.add({"new span", span.start}, "taken from a page cache", "the bitmap's lowest fit");
  });
}

void spans_come_from_free_pages(const M& m, F& f) {
  if (m.now->num_gc != 0) return;  // what a sweep freed on the way could be taken at once
  with_new_spans(m, [&](const PageRun& span) {
    for (std::uint64_t i = 0; i < span.length.raw(); ++i) {
      const Address page = span.start + heap_page * i;
      f.compared();
      const PageUse use = m.map_before->at(page).use;
      const bool stack = use == PageUse::stack_span;  // a flush gives empty ones back
      if (!is_span(use) || stack) continue;
      f.add({"new span", page}, describe(m.map_before->at(page)), "free pages");
      return;
    }
  });
}

void mapped_pages_stay(const M& m, F& f) {
  const auto now = m.map->runs();
  std::size_t at = 0;
  for (const PageRun& run : m.map_before->runs()) {
    Address covered = run.start;
    f.compared();
    while (covered < end_of(run)) {
      while (at < now.size() && end_of(now[at]) <= covered) ++at;
      if (at == now.size() || now[at].start > covered) break;
      covered = end_of(now[at]);
    }
    if (covered >= end_of(run)) continue;
    f.add({"page", covered}, "unmapped", "mapped, as before");
    return;
  }
}

void drops_keep_the_map(const M& m, F& f) {
  using enum OperationKind;
  const OperationKind kind = m.ledger->last->kind;
  if (kind != drop && kind != proc && kind != gc_percent && kind != memory_limit) return;
  f.compared();
  const auto page = first_difference(*m.map_before, *m.map);
  if (!page) return;
  f.add({"page map", *page}, describe_page(*m.map, *page), describe_page(*m.map_before, *page));
}

// After an allocation that took pages, what is above the limit could not be given back.
void the_limit_scavenges(const M& m, F& f) {
  if (!m.ledger->has_limit() || !m.ledger->last_was(OperationKind::alloc)) return;
  if (m.now->num_gc != m.before->num_gc || m.ledger->answer != Answer::address) return;
  bool took_pages = false;
  with_new_spans(m, [&](const PageRun&) { took_pages = true; });
  if (!took_pages) return;
  f.compared();
  // The span's own record may be the first of a chunk that is mapped after the test.
  const std::uint64_t slack = 1 << 20;
  const std::uint64_t mapped = wrapping_subtract(m.now->sys, m.now->heap_released);
  const std::uint64_t idle = m.map->count(PageUse::free).raw() * heap_page.raw();
  if (mapped <= wrapping_add(m.ledger->memory_limit, slack) || idle == 0) return;
  f.add({"Sys - HeapReleased"}, fmt::format("{} with {} bytes free and backed", mapped, idle),
        fmt::format("at most {}, or nothing to give back", m.ledger->memory_limit));
}

constexpr HeapLaw laws[] = {
    {{"first-fit",
      "A new span lies at the lowest pages that fit, unless they come from a page cache.", "1.14 -",
      exact, "PA-20, PA-22"},
     first_fit},
    {{"caches-give-the-lowest", "With one P the page cache gives the lowest of its runs that fit.",
      "1.14 -", exact, "PA-22"},
     caches_give_the_lowest},
    {{"long-spans-skip-caches", "No span of 16 pages or more comes from a page cache.", "1.14 -",
      exact, "PA-22"},
     long_spans_skip_caches},
    {{"spans-come-from-free-pages",
      "Before the first collection a new span takes pages that were free.", "1.14 -", exact,
      "OR-4"},
     spans_come_from_free_pages},
    {{"mapped-pages-stay", "The heap never unmaps a page.", "1.11 -", exact, "MS-16"},
     mapped_pages_stay},
    {{"quiet-operations-keep-the-map", "Drops, Ps and settings change no page.", "1.9 -", exact,
      "SIM-3, SIM-9"},
     drops_keep_the_map},
    {{"the-limit-scavenges",
      "A span above the memory limit is paid for with free pages as long as there are any.",
      "1.19 - 1.20", bounded, "SC-25"},
     the_limit_scavenges},
};

}  // namespace

std::span<const HeapLaw> laws_of_placement() { return laws; }

}  // namespace heaplaw::oracle
