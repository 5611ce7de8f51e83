#include "evidence/explanation/live_heap.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::uint64_t mib = std::uint64_t{1} << 20U;
constexpr std::uint64_t never_from = std::uint64_t{1} << 62U;
constexpr std::uint64_t cached_max = 16 * mib;  // slots that caches hold and nobody uses
constexpr std::uint64_t wrapped_from = std::uint64_t{1} << 48U;  // no address space is so large

// How a release makes NextGC from the bytes that a collection marked.
struct GoalRule {
  ReleaseSpan releases;
  bool lowered_by_sweeping;  // NextGC begins with all bytes and falls while garbage is swept
  bool may_be_trigger;       // NextGC may be where the collection starts, below the goal
  bool counts_roots;         // stacks and globals are part of what grows by GOGC
  bool has_limit;
  std::string_view source;
};
constexpr std::array<GoalRule, 5> rules = {{
    {{0, 4}, true, false, false, false, "GC-10"},
    {{5, 8}, false, true, false, false, "GC-11; 1.5 to 1.8 may publish the trigger"},
    {{9, 17}, false, false, false, false, "GC-11"},
    {{18, 18}, false, false, true, false, "GC-12"},
    {ReleaseSpan::since(19), false, false, true, true, "GC-13, GC-14"},
}};

// floor(n * 100 / (100 + gogc)), without wrapping.
std::uint64_t before_growth(std::uint64_t n, std::uint64_t gogc) {
  const std::uint64_t whole = 100 + gogc;
  return n / whole * 100 + n % whole * 100 / whole;
}
// Saturates.
std::uint64_t percent_of(std::uint64_t n, std::uint64_t percent) {
  std::uint64_t hundreds = 0;
  if (__builtin_mul_overflow(n / 100, percent, &hundreds)) return Bounds::unbounded;
  return (Bounds::exactly(hundreds) + Bounds::exactly(n % 100 * percent / 100)).lower;
}

// NextGC = marked * (1 + GOGC/100), plus the roots' share, raised to the least heap, or to 1 MiB
// above what was live.
Bounds marked_by(const GoalRule& rule, const Figures& f, std::uint64_t gogc,
                 const ProcessSettings& settings) {
  const Bounds next = *f.next_gc;
  Bounds marked{0, rule.may_be_trigger ? next.upper : before_growth(next.upper, gogc)};
  if (rule.has_limit && settings.limit) marked.upper = next.upper;
  const std::uint64_t least_heap = percent_of(4 * mib, gogc);
  if (rule.lowered_by_sweeping || next.lower <= least_heap) return marked;
  // A running cycle may have raised its goal to what was live when it began, free slots of caches
  // included, and 1 MiB.
  const std::uint64_t live_max =
      f.heap_inuse ? f.heap_inuse->upper : (*f.heap_alloc + Bounds::exactly(cached_max)).upper;
  if ((Bounds::exactly(live_max) + Bounds::exactly(mib)).lower >= next.lower) return marked;
  std::uint64_t roots = 0;
  if (rule.counts_roots) {
    const std::uint64_t stacks = f.stack_inuse ? f.stack_inuse->upper : settings.globals_max;
    roots =
        percent_of((Bounds::exactly(stacks) + Bounds::exactly(settings.globals_max)).lower, gogc);
  }
  // Rounded up, once for each division on the way.
  const std::uint64_t grown =
      next.lower - std::min(next.lower, (Bounds::exactly(roots) + Bounds::exactly(2)).lower);
  marked.lower = std::min(before_growth(grown, gogc), next.lower - mib);
  return marked;
}

std::string way(const Bounds& marked, const GoalRule& rule, const ProcessSettings& settings) {
  return fmt::format(
      "{} NextGC: what the last collection found, grown by GOGC={}{}{}",
      marked.lower == 0 ? "at most from" : "from", settings.gogc.value_or(100),
      settings.gogc ? "" : " (taken)",
      rule.counts_roots && marked.lower > 0
          ? fmt::format(", with stacks as they are now and globals of at most {} MiB",
                        settings.globals_max / mib)
          : "");
}

}  // namespace

bool means_never(const Bounds& next_gc) { return next_gc.lower >= never_from; }

bool has_wrapped(const Bounds& next_gc) {
  return next_gc.lower >= wrapped_from && !means_never(next_gc);
}

LiveHeap live_heap_of(const Figures& f, const ProcessSettings& settings) {
  const Bounds all = Bounds::at_most(f.heap_alloc->upper);
  if (f.marked) {
    if (const auto marked = f.marked->narrowed(all)) {
      return {
          .bytes = *marked, .how = "the trace says what the collection marked", .source = "GC-2"};
    }
  }
  if (f.num_gc && f.num_gc->upper == 0) {
    return {.bytes = all, .how = "no collection yet: nobody knows", .source = "GC-2"};
  }
  const bool off = settings.gogc && *settings.gogc < 0;
  if (!f.next_gc || off || means_never(*f.next_gc) || has_wrapped(*f.next_gc)) {
    return {.bytes = all,
            .how = f.next_gc ? "NextGC does not follow the heap: the next collection tells"
                             : "the figures do not tell: the next collection does",
            .source = "GC-13"};
  }
  const std::uint64_t gogc = settings.gogc ? static_cast<std::uint64_t>(*settings.gogc) : 100;
  std::optional<Bounds> marked;
  const GoalRule* newest = nullptr;
  for (const GoalRule& rule : rules) {
    if (rule.releases.intersected(f.releases).empty()) continue;
    const Bounds one = marked_by(rule, f, gogc, settings);
    marked = marked ? marked->widened(one) : one;
    newest = &rule;
  }
  // What was marked cannot be freed before the next collection.
  const auto within = marked ? marked->narrowed(all) : std::nullopt;
  if (!within) {
    return {.bytes = all,
            .how = fmt::format("NextGC is not what GOGC={} makes of this heap", gogc),
            .source = newest ? newest->source : "GC-13",
            .settings_refuted = true};
  }
  return {.bytes = *within, .how = way(*within, *newest, settings), .source = newest->source};
}

}  // namespace heaplaw::evidence
