#include <algorithm>

#include <fmt/format.h>

#include "oracle/laws/dump_laws.h"
#include "oracle/laws/heap_chapters.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {

namespace {

using F = DumpFindings;
using M = MemStats;
using enum Strength;
constexpr std::uint64_t ring = 256;

void equal_figure(F& f, std::string_view field, std::uint64_t found, std::uint64_t expected) {
  f.compared();
  if (found != expected) f.add({field}, std::to_string(found), std::to_string(expected));
}

bool has_ring(const Snapshot& s, const std::vector<std::uint64_t>& entries) {
  return entries.size() == ring && s.has.contains(&M::num_gc);
}

void pauses_add_up(const Snapshot& s, F& f) {
  if (!has_ring(s, s.pause_ns) || !s.has.contains(&M::pause_total_ns)) return;
  if (s.stats.num_gc > ring) return;
  std::uint64_t sum = 0;
  for (const std::uint64_t pause : s.pause_ns) sum = wrapping_add(sum, pause);
  equal_figure(f, "PauseTotalNs", s.stats.pause_total_ns, sum);
}

void no_pause_beyond(const Snapshot& s, F& f) {
  if (!has_ring(s, s.pause_ns)) return;
  for (std::size_t i = s.stats.num_gc; i < ring; ++i) equal_figure(f, "PauseNs", s.pause_ns[i], 0);
}

// JSON that went through doubles lost up to 256 ns.
void last_gc_is_last_pause(const Snapshot& s, F& f) {
  if (!has_ring(s, s.pause_end) || !s.has.contains(&M::last_gc) || s.stats.num_gc == 0) return;
  if (!s.gc_cpu_fraction) return;  // up to 1.4 the two are of different clocks
  const std::uint64_t end = s.pause_end[(s.stats.num_gc + ring - 1) % ring];
  const std::uint64_t apart = std::max(end, s.stats.last_gc) - std::min(end, s.stats.last_gc);
  f.compared();
  if (apart <= 256) return;
  f.add({"LastGC"}, std::to_string(s.stats.last_gc), fmt::format("PauseEnd's last, {}", end));
}

void flags_are_constant(const Snapshot& s, F& f) {
  if (s.debug_gc) equal_figure(f, "DebugGC", *s.debug_gc, 0);
  if (s.enable_gc) equal_figure(f, "EnableGC", *s.enable_gc, 1);
}

void fraction_is_a_share(const Snapshot& s, F& f) {
  if (!s.gc_cpu_fraction) return;
  f.compared();
  if (*s.gc_cpu_fraction >= 0 && *s.gc_cpu_fraction <= 1) return;
  f.add({"GCCPUFraction"}, fmt::format("{}", *s.gc_cpu_fraction), "0 to 1");
}

constexpr DumpLaw<Snapshot> snapshots[] = {
    {{"pauses-add-up", "While NumGC <= 256, PauseTotalNs is the sum of PauseNs.", "1.1 -", exact,
      "formats 5.1, MS-23"},
     pauses_add_up},
    {{"no-pause-beyond-the-last", "Entries of PauseNs beyond NumGC are 0.", "1.1 -", exact,
      "formats 5.1"},
     no_pause_beyond},
    {{"last-gc-is-last-pause", "LastGC is the newest entry of PauseEnd.", "1.5 -", bounded,
      "formats 5; 256 ns of slack"},
     last_gc_is_last_pause},
    {{"flags-are-constant", "EnableGC is true and DebugGC is false.", "1.1 -", exact,
      "formats 1.1, MS-23"},
     flags_are_constant},
    {{"fraction-is-a-share", "GCCPUFraction is from 0 to 1; Go 1.9 and 1.10 may go below.", "1.5 -",
      advisory, "formats 1.1"},
     fraction_is_a_share},
};

void bytes_need_objects(const ProfileCounts& c, F& f) {
  equal_figure(f, "live bytes of no object", c.live_objects == 0 && c.live_bytes != 0, 0);
  equal_figure(f, "bytes of no object", c.all_objects == 0 && c.all_bytes != 0, 0);
}
void live_within_all(const ProfileCounts& c, F& f) {
  if (std::min({c.live_objects, c.live_bytes, c.all_objects, c.all_bytes}) < 0) return;  // wrapped
  f.compared();
  if (c.live_objects <= c.all_objects && c.live_bytes <= c.all_bytes) return;
  f.add({"live objects"}, fmt::format("{} of {} bytes", c.live_objects, c.live_bytes),
        fmt::format("at most all, {} of {} bytes", c.all_objects, c.all_bytes));
}

constexpr DumpLaw<ProfileCounts> records[] = {
    {{"profile-bytes-need-objects", "A record without objects has no bytes.", "1.0 -", exact,
      "formats 1.2"},
     bytes_need_objects},
    {{"profile-live-within-all", "Live objects were once allocated.", "1.0 -", exact, "formats 1"},
     live_within_all},
};

void header_is_sum(const ProfileTotals& p, F& f) {
  const auto sum_of = [&](std::string_view field, std::int64_t found, std::int64_t sum) {
    f.compared();
    if (found != sum) f.add({field}, std::to_string(found), std::to_string(sum));
  };
  sum_of("live objects", p.header.live_objects, p.sum.live_objects);
  sum_of("live bytes", p.header.live_bytes, p.sum.live_bytes);
  sum_of("all objects", p.header.all_objects, p.sum.all_objects);
  const bool one_more = p.releases.last >= 20 && p.sum.live_bytes == p.sum.all_bytes &&
                        p.header.all_bytes > p.sum.all_bytes &&
                        p.header.all_bytes == p.sum.all_bytes + 1;
  if (!one_more) sum_of("all bytes", p.header.all_bytes, p.sum.all_bytes);
}
void rate_is_even(const ProfileTotals& p, F& f) {
  f.compared();
  if (p.twice_rate % 2 == 0) return;
  f.add({"rate"}, fmt::format("heap/{}", p.twice_rate), "twice the sampling rate, so even");
}

constexpr DumpLaw<ProfileTotals> profiles[] = {
    {{"profile-header-is-sum", "The header's figures are the sums of the records'.", "1.0 -", exact,
      "formats 1"},
     header_is_sum},
    {{"profile-rate-is-even", "The header gives twice the sampling rate.", "1.0 -", exact,
      "formats 1"},
     rate_is_even},
};

struct Use {
  std::string_view id;
  FieldSet needs;
  bool two = false;
  bool at_one_moment = false;
};

std::vector<Use> uses() {
  const FieldSet by_size = FieldSet::by_size();
  const auto with_by_size = [&](FieldSet set) {
    set.insert(by_size);
    return set;
  };
  return {
      {"sys-is-sum",
       {&M::sys, &M::heap_sys, &M::stack_sys, &M::mspan_sys, &M::mcache_sys, &M::buck_hash_sys,
        &M::gc_sys, &M::other_sys}},
      {"heap-sys-is-sum", {&M::heap_sys, &M::heap_inuse, &M::heap_idle}},
      {"released-within-idle", {&M::heap_released, &M::heap_idle}},
      {"alloc-within-inuse", {&M::heap_alloc, &M::heap_inuse}, false, true},
      {"alloc-is-heap-alloc", {&M::alloc, &M::heap_alloc}},
      {"objects-are-difference", {&M::heap_objects, &M::mallocs, &M::frees}},
      {"frees-within-mallocs", {&M::frees, &M::mallocs}},
      {"alloc-within-total", {&M::heap_alloc, &M::total_alloc}},
      {"whole-pages",
       {&M::heap_inuse, &M::heap_idle, &M::heap_released, &M::heap_sys, &M::stack_inuse}},
      {"stacks-within-sys", {&M::stack_inuse, &M::stack_sys}},
      {"span-records-within-sys", {&M::mspan_inuse, &M::mspan_sys}},
      {"cache-records-within-sys", {&M::mcache_inuse, &M::mcache_sys}},
      {"objects-take-room",
       {&M::heap_alloc, &M::heap_objects, &M::heap_inuse, &M::mspan_inuse},
       false,
       true},
      {"nothing-wrapped", {&M::heap_alloc}, false, true},
      {"nothing-freed-before-a-collection",
       {&M::num_gc, &M::heap_alloc, &M::total_alloc},
       false,
       true},
      {"forced-within-collections", {&M::num_forced_gc, &M::num_gc}},
      {"by-size-sizes-are-classes", by_size},
      {"by-size-class-zero-is-empty", by_size},
      {"by-size-frees-within-mallocs", by_size},
      {"by-size-mallocs-within-all", with_by_size({&M::mallocs})},
      {"by-size-frees-within-all", with_by_size({&M::frees})},
      {"by-size-bytes-within-total", with_by_size({&M::total_alloc})},
      {"by-size-freed-within-difference", with_by_size({&M::total_alloc, &M::heap_alloc})},
      {"by-size-live-within-alloc", with_by_size({&M::heap_alloc})},
      {"by-size-rest-is-larger", with_by_size({&M::heap_objects, &M::heap_alloc})},
      {"mallocs-never-falls", {&M::mallocs}, true},
      {"frees-never-falls", {&M::frees}, true},
      {"total-alloc-never-falls", {&M::total_alloc}, true},
      {"num-gc-never-falls", {&M::num_gc}, true},
      {"num-forced-gc-never-falls", {&M::num_forced_gc}, true},
      {"pause-total-never-falls", {&M::pause_total_ns}, true},
      {"last-gc-never-falls", {&M::last_gc}, true},
      {"lookups-never-falls", {&M::lookups}, true},
      {"mspan-sys-never-falls", {&M::mspan_sys}, true},
      {"mcache-sys-never-falls", {&M::mcache_sys}, true},
      {"buck-hash-sys-never-falls", {&M::buck_hash_sys}, true},
      {"by-size-mallocs-never-fall", by_size, true},
      {"by-size-frees-never-fall", by_size, true},
  };
}

template <typename Subject>
void add(std::vector<const LawText*>& texts, std::span<const DumpLaw<Subject>> laws) {
  for (const DumpLaw<Subject>& law : laws) texts.push_back(&law.text);
}

}  // namespace

std::span<const DumpLaw<Snapshot>> laws_of_snapshots() { return snapshots; }
std::span<const DumpLaw<ProfileCounts>> laws_of_profile_records() { return records; }
std::span<const DumpLaw<ProfileTotals>> laws_of_profiles() { return profiles; }

std::span<const DumpChapter> dump_chapters() {
  static const std::vector<DumpChapter> chapters = [] {
    std::vector<DumpChapter> out = {{"Snapshots", {}},
                                    {"Heap profiles", {}},
                                    {"gctrace", {}},
                                    {"gctrace up to Go 1.4", {}},
                                    {"Scavenger traces", {}}};
    add(out[0].laws, laws_of_snapshots());
    add(out[1].laws, laws_of_profile_records());
    add(out[1].laws, laws_of_profiles());
    add(out[2].laws, laws_of_gc_lines());
    add(out[2].laws, laws_of_gc_steps());
    add(out[3].laws, laws_of_old_gc_lines());
    add(out[3].laws, laws_of_old_gc_steps());
    add(out[4].laws, laws_of_scvg_lines());
    add(out[4].laws, laws_of_scav_lines());
    return out;
  }();
  return chapters;
}

std::span<const SnapshotUse> snapshot_uses() {
  static const std::vector<SnapshotUse> all = [] {
    std::vector<SnapshotUse> out;
    for (const Use& use : uses()) {
      const HeapLaw* const law = heap_law_named(use.id);
      HEAPLAW_CHECK(law != nullptr, "no law on heaps is called {}", use.id);
      out.push_back({law, use.needs, use.two, use.at_one_moment});
    }
    return out;
  }();
  return all;
}

}  // namespace heaplaw::oracle
