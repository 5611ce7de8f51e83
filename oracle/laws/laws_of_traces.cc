#include <algorithm>

#include <fmt/format.h>

#include "oracle/laws/dump_laws.h"
#include "oracle/laws/judge_all.h"

namespace heaplaw::oracle {

namespace {

using F = DumpFindings;
using enum Strength;

// Apart from the comparison, which a gigabyte of lines asks for a hundred million times.
[[gnu::noinline]] void is_not(F& f, std::string_view field, std::uint64_t found,
                              std::string_view relation, std::uint64_t limit) {
  f.add({field}, std::to_string(found), fmt::format("{} {}", relation, limit));
}
[[gnu::noinline]] void is_outside(F& f, std::string_view field, std::uint64_t found,
                                  std::uint64_t low, std::uint64_t high) {
  f.add({field}, std::to_string(found), fmt::format("{} to {}", low, high));
}

void at_most(F& f, std::string_view field, std::uint64_t found, std::uint64_t limit) {
  f.compared();
  if (found > limit) is_not(f, field, found, "at most", limit);
}
void at_least(F& f, std::string_view field, std::uint64_t found, std::uint64_t limit) {
  f.compared();
  if (found < limit) is_not(f, field, found, "at least", limit);
}
void between(F& f, std::string_view field, std::uint64_t found, std::uint64_t low,
             std::uint64_t high) {
  f.compared();
  if (found < low || found > high) is_outside(f, field, found, low, high);
}

std::uint64_t up_one(std::uint64_t mib) { return mib == ~std::uint64_t{0} ? mib : mib + 1; }

// What Go may have cut off a printed time, in us.
std::uint64_t cut_off(std::uint64_t us) {
  if (us < 100) return 1;
  if (us < 1'000) return 10;
  return us < 10'000 ? 100 : 1'000;
}
constexpr std::uint64_t wrapped_us = 1'000'000'000'000;  // eleven days for one phase

// --- Go's form ---

void heap_grows(const GcLine& g, F& f) {
  at_least(f, "heap at the end", up_one(g.heap_end), g.heap_start);
}
void marks_within_heap(const GcLine& g, F& f) {
  at_most(f, "marked heap", g.heap_marked, up_one(g.heap_end));
}
void cpu_within_procs(const GcLine& g, F& f) {
  if (g.clock_mark_term >= wrapped_us || g.cpu_mark_term >= wrapped_us) return;
  std::uint64_t limit = 0;
  const std::uint64_t clock = g.clock_mark_term + cut_off(g.clock_mark_term);
  if (__builtin_mul_overflow(clock, g.procs, &limit)) return;
  f.compared();
  if (g.cpu_mark_term <= limit) return;
  f.add({"CPU time of mark termination"}, fmt::format("{} us", g.cpu_mark_term),
        fmt::format("at most {} us, {} Ps in less than {} us", limit, g.procs, clock));
}
void share_of_cpu(const GcLine& g, F& f) {
  f.compared();
  if (g.percent > 100) f.add({"CPU share"}, fmt::format("{}%", g.percent), "at most 100%");
}
void someone_collects(const GcLine& g, F& f) {
  at_least(f, "number", g.number, 1);
  at_least(f, "Ps", g.procs, 1);
}
void starts_within_goal(const GcLine& g, F& f) {
  at_most(f, "heap at the start", g.heap_start, up_one(g.goal));
}
void times_did_not_wrap(const GcLine& g, F& f) {
  const std::uint64_t longest =
      std::max({g.clock_sweep_term, g.clock_mark, g.clock_mark_term, g.cpu_assist, g.cpu_background,
                g.cpu_idle, g.cpu_mark_term});
  at_most(f, "time of a phase in us", longest, wrapped_us);
}

constexpr DumpLaw<GcLine> gc_lines[] = {
    {{"trace-heap-grows-while-marking",
      "The heap at a collection's end is not below that at its start.", "1.5 -", bounded,
      "formats 3; 1 MB of slack"},
     heap_grows},
    {{"trace-marks-within-heap", "No more is marked than there is.", "1.5 -", bounded,
      "formats 3; 1 MB of slack"},
     marks_within_heap},
    {{"trace-cpu-within-procs", "Mark termination takes at most its clock time on each P.", "1.5 -",
      bounded, "formats 3; as far as the printed digits tell"},
     cpu_within_procs},
    {{"trace-share-of-cpu", "The collector takes at most 100% of the CPU time.", "1.5 -", exact,
      "formats 3"},
     share_of_cpu},
    {{"trace-someone-collects", "Collections are numbered from 1, and run on at least one P.",
      "1.5 -", exact, "formats 3"},
     someone_collects},
    {{"trace-starts-within-goal",
      "A collection starts before the heap reaches its goal; sudden large objects may pass it.",
      "1.5 -", advisory, "formats 3"},
     starts_within_goal},
    {{"trace-times-did-not-wrap", "No time is negative, which prints as a huge one.", "1.5 -",
      advisory, "formats 3"},
     times_did_not_wrap},
};

void time_goes_on(const GcStep& s, F& f) { at_least(f, "time in ms", s.now.at_ms, s.before.at_ms); }
// Times are those of the starts; two minutes count from the end of the last one.
void within_two_minutes(const GcStep& s, F& f) {
  constexpr std::uint64_t off_mib = 1ULL << 40U;  // no goal: GOGC is off
  if (s.now.goal >= off_mib || s.now.at_ms < s.before.at_ms) return;
  constexpr std::uint64_t slack_ms = 10'000;
  at_most(f, "ms between collections", s.now.at_ms - s.before.at_ms,
          periodic_collection_ns / 1'000'000 + slack_ms);
}
void begins_where_it_ended(const GcStep& s, F& f) {
  if (s.now.form <= GcLine::Form::five_phases) return;  // betas of 1.5 print less
  at_least(f, "heap at the start", up_one(s.now.heap_start), s.before.heap_marked);
}

constexpr DumpLaw<GcStep> gc_steps[] = {
    {{"trace-time-goes-on", "A later collection starts at a later time.", "1.5 -", exact,
      "formats 3"},
     time_goes_on},
    {{"trace-within-two-minutes",
      "While GOGC is on no two minutes pass without a collection, unless the machine slept.",
      "1.5 -", advisory, "GC-4; 10 s of slack"},
     within_two_minutes},
    {{"trace-begins-where-it-ended",
      "What the last collection marked is there when the next one starts.", "1.6 -", bounded,
      "MS-14; 1 MB of slack"},
     begins_where_it_ended},
};

// --- the C runtime's form ---

void old_objects_are_difference(const OldGcLine& g, F& f) {
  f.compared();
  std::uint64_t difference = 0;
  (void)__builtin_sub_overflow(g.mallocs, g.frees, &difference);
  if (g.objects == difference) return;
  f.add({"objects"}, std::to_string(g.objects),
        fmt::format("{} - {} = {}", g.mallocs, g.frees, difference));
}
void old_heap_shrinks(const OldGcLine& g, F& f) {
  if (g.form > OldGcLine::Form::go1_1) return;  // from 1.3 on the figures mean something else
  at_most(f, "heap after", g.heap_after, up_one(g.heap_before));
}

constexpr DumpLaw<OldGcLine> old_gc_lines[] = {
    {{"old-trace-objects-are-difference", "Objects = mallocs - frees.", "1.0 - 1.4", exact,
      "formats 2"},
     old_objects_are_difference},
    {{"old-trace-heap-does-not-grow", "A collection leaves no more heap than it found.",
      "1.0 - 1.2", bounded, "formats 2; 1 MB of slack"},
     old_heap_shrinks},
};

void old_counters_rise(const OldGcStep& s, F& f) {
  at_least(f, "mallocs", s.now.mallocs, s.before.mallocs);
  at_least(f, "frees", s.now.frees, s.before.frees);
}

constexpr DumpLaw<OldGcStep> old_gc_steps[] = {
    {{"old-trace-counters-never-fall", "Mallocs and frees never fall.", "1.0 - 1.4", exact,
      "MS-19"},
     old_counters_rise},
};

// --- scavengers ---

// Each figure lost up to 1 MB of its own. Sums of hostile figures may wrap.
std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? ~std::uint64_t{0} : sum;
}
void scvg_sys_is_sum(const ScvgLine& s, F& f) {
  if (s.what != ScvgLine::What::heap) return;
  const std::uint64_t sum = plus(s.inuse, s.idle);
  between(f, "sys", s.sys, sum, up_one(sum));
}
void scvg_consumed_is_difference(const ScvgLine& s, F& f) {
  if (s.what != ScvgLine::What::heap) return;
  const std::uint64_t consumed = s.sys > s.released ? s.sys - s.released : 0;
  between(f, "consumed", s.consumed, consumed > 0 ? consumed - 1 : 0, up_one(consumed));
}
void scvg_released_within_idle(const ScvgLine& s, F& f) {
  if (s.what != ScvgLine::What::heap) return;
  at_most(f, "released", s.released, s.idle);
}

constexpr DumpLaw<ScvgLine> scvg_lines[] = {
    {{"scvg-sys-is-sum", "sys = inuse + idle.", "1.0 - 1.13", bounded, "formats 4; 1 MB of slack"},
     scvg_sys_is_sum},
    {{"scvg-consumed-is-difference", "consumed = sys - released.", "1.0 - 1.13", bounded,
      "formats 4; 1 MB of slack"},
     scvg_consumed_is_difference},
    {{"scvg-released-within-idle", "Only idle memory is released.", "1.0 - 1.13", exact,
      "formats 4, MS-13"},
     scvg_released_within_idle},
};

void utilization(const ScavLine& s, F& f) { at_most(f, "util", s.utilization, 100); }
void forced_is_eager(const ScavLine& s, F& f) {
  if (s.form != ScavLine::Form::eager || s.mark != ScavLine::Mark::forced) return;
  at_most(f, "background work", s.work, 0);
}

constexpr DumpLaw<ScavLine> scav_lines[] = {
    {{"scav-utilization", "At most 100% of the heap is in use.", "1.14 -", exact, "formats 4"},
     utilization},
    {{"scav-forced-is-eager", "What FreeOSMemory releases counts as eager work.", "1.21 -", exact,
      "formats 4"},
     forced_is_eager},
};

}  // namespace

std::span<const DumpLaw<GcLine>> laws_of_gc_lines() { return gc_lines; }
std::span<const DumpLaw<GcStep>> laws_of_gc_steps() { return gc_steps; }
std::uint32_t judge_gc_line(const GcLine& line, DumpFindings& findings) {
  return judge_all<gc_lines>(line, findings);
}
std::uint32_t judge_gc_step(const GcStep& step, DumpFindings& findings) {
  return judge_all<gc_steps>(step, findings);
}
std::span<const DumpLaw<OldGcLine>> laws_of_old_gc_lines() { return old_gc_lines; }
std::span<const DumpLaw<OldGcStep>> laws_of_old_gc_steps() { return old_gc_steps; }
std::span<const DumpLaw<ScvgLine>> laws_of_scvg_lines() { return scvg_lines; }
std::span<const DumpLaw<ScavLine>> laws_of_scav_lines() { return scav_lines; }

}  // namespace heaplaw::oracle
