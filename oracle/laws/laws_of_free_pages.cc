#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

constexpr Address first_hint{0xc000000000};
constexpr Bytes hint_distance{std::uint64_t{1} << 40U};

bool released_just_now(const M& m) {
  return m.ledger->last_was(OperationKind::free_os_memory) && !m.ledger->failed();
}

// From 1.21 on this is not so: a search for growth that begins in the middle of a chunk calls the
// chunk empty when it has released what lies below its cursor, and a forced search then passes over
// what lies above (measured: SIM-19).
void nothing_left_to_release(const M& m, F& f) {
  if (!released_just_now(m)) return;
  f.compared();
  for (const PageRun& run : m.map->runs()) {
    if (run.state.use != PageUse::free) continue;
    f.add({"pages", run.start}, describe(run.state), "given back");
  }
}

// Since 1.21 a search that begins in the middle of a chunk gives the whole chunk up when it finds
// nothing more below, and a forced release passes over it.
void releases_miss_little(const M& m, F& f) {
  if (!released_just_now(m)) return;
  equal(f, {"free and backed pages"}, m.map->count(PageUse::free).raw(), 0);
}

void slack_is_cached(const M& m, F& f) {
  if (!released_just_now(m)) return;
  equal(f, {"HeapIdle - HeapReleased"}, wrapping_subtract(m.now->heap_idle, m.now->heap_released),
        m.map->count(PageUse::cached).raw() * heap_page.raw());
}

// A P's cache is one aligned block, so cached pages lie in at most as many blocks as there are Ps.
void caches_are_blocks(const M& m, F& f) {
  const std::uint64_t block_bytes = heap_page.raw() * pages_per_cache;
  std::uint64_t blocks = 0;
  std::uint64_t last = ~std::uint64_t{0};
  for (const PageRun& run : m.map->runs()) {
    if (!in_cache(run.state.use)) continue;
    const std::uint64_t first = run.start.raw() / block_bytes;
    const std::uint64_t end = (end_of(run).raw() - 1) / block_bytes;
    blocks += end - first + (first != last);
    last = end;
  }
  at_most(f, {"blocks with cached pages"}, blocks, m.setting->procs);
}

void idle_caches_are_flushed(const M& m, F& f) {
  if (!collected(*m.ledger)) return;
  std::uint64_t blocks = 0;
  std::uint64_t last = ~std::uint64_t{0};
  for (const PageRun& run : m.map->runs()) {
    if (!in_cache(run.state.use)) continue;
    const std::uint64_t block = run.start.raw() / (heap_page.raw() * pages_per_cache);
    blocks += block != last;
    last = block;
  }
  at_most(f, {"blocks with cached pages"}, blocks, 1);
}

// A refused reservation sends the heap on by one hint, and nothing else does; only where the heap
// covers a hint itself does it leave out more.
void lies_at_hints(const M& m, F& f) {
  if (!m.setting->starts_empty || m.map->runs().empty()) return;
  const Address last_first_hint = first_hint + hint_distance * m.ledger->reserve_faults;
  at_most(f, {"heap start"}, m.map->runs().front().start.raw(), last_first_hint.raw());
  std::uint64_t ranges = 0;
  Address end{};
  for (const PageRun& run : m.map->runs()) {
    if (run.start != end) {
      ++ranges;
      at_least(f, {"mapped range", run.start}, run.start.raw(), first_hint.raw());
      equal(f, {"mapped range", run.start}, run.start.raw() % hint_distance.raw(),
            first_hint.raw());
    }
    end = end_of(run);
  }
  at_most(f, {"mapped ranges"}, ranges, m.ledger->reserve_faults + 1);
}

void begins_at_a_chunk(const M& m, F& f) {
  if (m.map->runs().empty()) return;
  multiple_of(f, {"heap start"}, m.map->runs().front().start.raw(), std::uint64_t{4} << 20U);
}

void no_work_buffers(const M& m, F& f) {
  if (collected(*m.ledger)) {
    equal(f, {"work buffer pages"}, m.map->count(PageUse::work_buffer_span).raw(), 0);
  }
}

void work_buffers_are_whole(const M& m, F& f) {
  for (const PageRun& run : m.map->runs()) {
    if (run.state.use != PageUse::work_buffer_span) continue;
    equal(f, {"pages", run.start}, run.length.raw(), 4);
  }
}

void stacks_are_powers(const M& m, F& f) {
  for (const PageRun& run : m.map->runs()) {
    if (run.state.use != PageUse::stack_span) continue;
    f.compared();
    const std::uint64_t pages = run.length.raw();
    if (pages >= 4 && is_power_of_two(pages)) continue;
    f.add({"pages", run.start}, std::to_string(pages), "a power of two, 4 or more");
  }
}

void search_start_is_legal(const M& m, F& f) {
  if (!m.white_box.search) return;
  const SearchStart& search = *m.white_box.search;
  f.compared();
  for (const PageRun& run : m.map->runs()) {
    if (!in_bitmap(run.state.use)) continue;
    if (!search.exhausted && run.start >= search.address) break;
    f.add({"search address", run.start},
          search.exhausted ? "exhausted" : fmt::format("{}", search.address),
          fmt::format("at most {}, which is free", run.start));
    return;
  }
  if (search.exhausted || m.map->runs().empty()) return;
  const Address page{search.address.raw() / heap_page.raw() * heap_page.raw()};
  if (m.map->find(page)) return;
  f.add({"search address", search.address}, "in unmapped memory", "mapped, or exhausted");
}

constexpr HeapLaw laws[] = {
    {{"nothing-left-to-release", "After FreeOSMemory no page outside caches is free and backed.",
      "1.4 - 1.20", exact, "SC-26"},
     nothing_left_to_release},
    {{"releases-miss-little",
      "After FreeOSMemory a page outside caches is free and backed only in chunks that a search "
      "gave up.",
      "1.21 -", advisory, "SC-19, SC-26"},
     releases_miss_little},
    {{"slack-is-cached", "After FreeOSMemory HeapIdle - HeapReleased is the backed cached pages.",
      "1.14 - 1.20", exact, "SC-27"},
     slack_is_cached},
    {{"caches-are-blocks", "The cached pages of a P lie in one aligned block of 64.", "1.14 -",
      exact, "PA-22"},
     caches_are_blocks},
    {{"idle-caches-are-flushed",
      "After a requested collection only the current P has pages in its cache.", "1.21 -", exact,
      "PA-23"},
     idle_caches_are_flushed},
    {{"heap-lies-at-hints",
      "The heap begins at 0xc000000000, and whole TiB higher once for each refused reservation.",
      "1.11 - 1.25", exact, "AS-5, AS-6, SIM-11"},
     lies_at_hints},
    {{"heap-begins-at-a-chunk", "The heap begins at a multiple of 4 MiB.", "1.11 -", exact,
      "AS-5, AS-15"},
     begins_at_a_chunk},
    {{"no-work-buffers-after-a-request", "A requested collection keeps no work buffer.", "1.9 -",
      exact, "SIM-4"},
     no_work_buffers},
    {{"work-buffers-are-whole", "A work buffer span has 4 pages.", "1.9 -", exact, "GC-1"},
     work_buffers_are_whole},
    {{"stack-spans-are-powers", "A stack span has 4 pages, or more by doubling.", "1.5 -", exact,
      "ST-1, ST-2"},
     stacks_are_powers},
    {{"search-start-is-legal",
      "No free page lies below the search address, which is mapped or says that none is free.",
      "1.14 -", exact, "PA-21"},
     search_start_is_legal},
};

}  // namespace

std::span<const HeapLaw> laws_of_free_pages() { return laws; }

}  // namespace heaplaw::oracle
