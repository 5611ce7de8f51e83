#include "evidence/explanation/findings.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

using Evidence = std::optional<std::string>;
using O = Observation;
using L = Ledger;

std::uint64_t least(const L& ledger, Part part) {
  const LedgerLine* line = ledger.find(part);
  return line ? line->bytes.lower : 0;
}
std::uint64_t most(const L& ledger, Part part) {
  const LedgerLine* line = ledger.find(part);
  return line ? line->bytes.upper : 0;
}

bool matters(std::uint64_t part, std::uint64_t whole) {
  return part >= worth_a_finding && part >= whole / 10;
}
bool about(std::uint64_t a, std::uint64_t b) {
  return std::max(a, b) - std::min(a, b) <= std::max(a, b) / 10;
}
bool reaches(const O& o, unsigned minor) {
  return !o.figures.releases.empty() && o.figures.releases.first >= minor;
}
bool ends_by(const O& o, unsigned minor) {
  return !o.figures.releases.empty() && o.figures.releases.last <= minor;
}

Evidence contradiction(const O& o, const L& /*ledger*/) {
  if (o.contradictions.empty()) return {};
  std::string all;
  for (const Contradiction& one : o.contradictions) all += (all.empty() ? "" : "; ") + one.why;
  return all + (o.figures.stopped_world ? "" : " (not read at one moment)");
}

Evidence gc_off(const O& o, const L& /*ledger*/) {
  if (!o.figures.next_gc || !means_never(*o.figures.next_gc)) return {};
  return fmt::format(
      "NextGC is {}, {} PB: the heap never reaches it{}", o.figures.next_gc->lower,
      o.figures.next_gc->lower >> 50U,
      o.figures.num_gc ? fmt::format("; {} collections so far", o.figures.num_gc->lower) : "");
}

Evidence goal_wrapped(const O& o, const L& /*ledger*/) {
  if (!o.figures.next_gc || !has_wrapped(*o.figures.next_gc)) return {};
  return fmt::format("NextGC is {}, {}: more than an address space, less than GOGC=off prints",
                     o.figures.next_gc->lower, human_bytes(o.figures.next_gc->lower));
}

Evidence held_is_rss(const O& o, const L& ledger) {
  const auto held = held_by_go(o.figures);
  const std::uint64_t told = held ? held->lower : least(ledger, Part::held);
  if (!o.rss || told == 0 || !about(*o.rss, told)) return {};
  const LedgerLine* inuse = ledger.find(Part::inuse);
  const LedgerLine* idle = ledger.find(Part::idle);
  return fmt::format(
      "RSS is {}; Go holds {}{}", human_bytes(*o.rss), human_bytes(told),
      inuse && idle ? fmt::format(", of it {} in spans in use and {} idle and not returned",
                                  human_bytes(inuse->bytes.lower), human_bytes(idle->bytes.lower))
                    : "");
}

Evidence freed_lazily(const O& o, const L& ledger) {
  if (!o.rss || !may_free_lazily(o.figures)) return {};
  const std::uint64_t held = most(ledger, Part::held);
  const std::uint64_t returned = least(ledger, Part::returned);
  if (*o.rss <= held || !matters(*o.rss - held, *o.rss) || returned < (*o.rss - held) / 2)
    return {};
  return fmt::format("RSS is {} above what Go holds, and Go has returned {}{}",
                     human_bytes(*o.rss - held), human_bytes(returned),
                     surely_frees_lazily(o.figures)
                         ? ""
                         : "; this is for Go 1.12 to 1.15, which --release would tell");
}

Evidence outside_go(const O& o, const L& ledger) {
  if (!o.rss || !held_by_go(o.figures)) return {};
  const std::uint64_t outside = least(ledger, Part::outside);
  if (!matters(outside, *o.rss)) return {};
  return fmt::format("RSS is {}, and of it at most {} can be Go's: {} are not", human_bytes(*o.rss),
                     human_bytes(most(ledger, Part::resident)), human_bytes(outside));
}

Evidence huge_pages(const O& o, const L& ledger) {
  if (!o.rss || !held_by_go(o.figures) || !reaches(o, 21) || !ends_by(o, 21)) return {};
  const std::uint64_t outside = least(ledger, Part::outside);
  if (!matters(outside, *o.rss)) return {};
  return fmt::format("RSS is {} above what Go 1.21 says it holds", human_bytes(outside));
}

Evidence not_touched(const O& o, const L& ledger) {
  const std::uint64_t absent = least(ledger, Part::absent);
  if (!o.rss || !matters(absent, most(ledger, Part::held))) return {};
  return fmt::format("Go holds {} more than RSS", human_bytes(absent));
}

Evidence returned_is_virtual(const O& o, const L& ledger) {
  const std::uint64_t beyond = least(ledger, Part::beyond_go);
  if (!o.virt || !matters(beyond, *o.virt)) return {};
  return fmt::format("VIRT is {}, and Go has obtained {} in all", human_bytes(*o.virt),
                     human_bytes(most(ledger, Part::sys)));
}

Evidence garbage_waits(const O& /*o*/, const L& ledger) {
  const std::uint64_t garbage = least(ledger, Part::garbage);
  if (!matters(garbage, most(ledger, Part::held))) return {};
  return fmt::format(
      "of {} in objects at least {} were not there, or not alive, at the last "
      "collection",
      human_bytes(most(ledger, Part::objects)), human_bytes(garbage));
}

Evidence profile_shows_less(const O& o, const L& ledger) {
  if (!o.figures.sampled_live || !o.figures.heap_alloc) return {};
  const std::uint64_t live = o.figures.sampled_live->upper;
  const std::uint64_t objects = o.figures.heap_alloc->lower;
  const std::uint64_t held = std::max(most(ledger, Part::held), o.rss.value_or(0));
  if (live >= objects || !matters(objects - live, held)) return {};
  return fmt::format("the profile shows {} in use, HeapAlloc is {}, and {} are held or resident",
                     human_bytes(live), human_bytes(objects), human_bytes(held));
}

Evidence sparse_spans(const O& /*o*/, const L& ledger) {
  const std::uint64_t free = least(ledger, Part::free_slots);
  const std::uint64_t inuse = most(ledger, Part::inuse);
  if (!matters(free, inuse)) return {};
  return fmt::format("{} of {} in use are slots without an object", human_bytes(free),
                     human_bytes(inuse));
}

std::string idle_text(const L& ledger) {
  return fmt::format("{} are idle and not returned, beside {} in use",
                     human_bytes(least(ledger, Part::idle)),
                     human_bytes(most(ledger, Part::inuse)));
}
std::string peak_text(const O& o) {
  if (!o.inuse_peak || !o.figures.heap_inuse || *o.inuse_peak <= o.figures.heap_inuse->upper)
    return "";
  return fmt::format("; HeapInuse has been {} before", human_bytes(*o.inuse_peak));
}

Evidence spike_kept(const O& o, const L& ledger) {
  if (!matters(least(ledger, Part::idle), most(ledger, Part::inuse)) || ends_by(o, 12)) return {};
  const std::string goal = o.figures.heap_inuse
                               ? fmt::format("; the scavenger would let go of all but {}",
                                             human_bytes(o.figures.heap_inuse->upper / 10))
                               : "";
  return idle_text(ledger) + goal + peak_text(o);
}

Evidence idle_waits(const O& o, const L& ledger) {
  if (!matters(least(ledger, Part::idle), most(ledger, Part::inuse)) || reaches(o, 13)) return {};
  return idle_text(ledger) + peak_text(o);
}

Evidence stacks_stay(const O& /*o*/, const L& ledger) {
  const std::uint64_t stacks = least(ledger, Part::stacks);
  if (!matters(stacks, most(ledger, Part::held))) return {};
  return fmt::format("{} of stacks; of 2 KiB each they would be {} goroutines", human_bytes(stacks),
                     stacks / 2048);
}

Evidence records_stay(const O& /*o*/, const L& ledger) {
  const std::uint64_t records =
      least(ledger, Part::span_records) + least(ledger, Part::gc_metadata);
  if (!matters(records, most(ledger, Part::held))) return {};
  return fmt::format("{} of structures for a heap that now has {} in use", human_bytes(records),
                     human_bytes(most(ledger, Part::inuse)));
}

Evidence above_limit(const O& o, const L& ledger) {
  const std::uint64_t held = least(ledger, Part::held);
  if (!o.settings.limit || held <= *o.settings.limit) return {};
  return fmt::format("Go holds {}, the limit is {}", human_bytes(held),
                     human_bytes(*o.settings.limit));
}

Evidence settings_refuted(const O& o, const L& /*ledger*/) {
  if (!o.figures.heap_alloc || !live_heap_of(o.figures, o.settings).settings_refuted) return {};
  return fmt::format("NextGC {} and HeapAlloc {} do not go with GOGC={}", o.figures.next_gc->lower,
                     o.figures.heap_alloc->lower, o.settings.gogc.value_or(100));
}

constexpr std::array<FindingRule, 18> rules = {{
    {"figures-contradict", "figures that cannot all be true; what they spoil is left out",
     contradiction, "a snapshot taken with the world stopped: runtime.ReadMemStats",
     "audit the file; with runtime/metrics read again; 32-bit programs of Go 1.16 to 1.18: update",
     "formats 5.1; golang/go#67019"},
    {"gc-off", "the collector is off, meant or not", gc_off,
     "GOGC=off beside a GOMEMLIMIT on purpose: then the limit starts collections",
     "set GOGC, or a limit; look for debug.SetGCPercent(-1) that is never undone",
     "golang/go#63622; faults D15; GC-11 to GC-13"},
    {"goal-wrapped", "an accounting error has wrapped the goal, so that no collection starts",
     goal_wrapped, "a NextGC near the heap's size in the next snapshot",
     "update Go; until then collect by runtime.GC", "golang/go#10556; faults D1, D17"},
    {"go-holds-it", "what is resident is what Go holds: no leak outside it", held_is_rss,
     "smaps that show other mappings as large", "see the parts: collection, scavenger or stacks",
     "an article's rule: RSS ~ Sys - HeapReleased; the 8-core service of 16 GiB"},
    {"freed-lazily", "returned memory that the kernel has not taken back yet", freed_lazily,
     "LazyFree of smaps near 0; a kernel before 4.5; another system than Linux",
     "GODEBUG=madvdontneed=1, or Go 1.16; it goes by itself when memory is short",
     "OS-2, OS-4; golang/go#42330; two articles on Go 1.12 to 1.15"},
    {"outside-go", "memory that Go does not know of: cgo, maps, threads", outside_go,
     "smaps without large anonymous mappings beside Go's; an RSS of another moment",
     "pmap or smaps; the C library's own statistics",
     "an article's rule: RSS >> Sys - HeapReleased; "
     "golang/go#16843"},
    {"huge-pages", "huge pages that hold released memory", huge_pages,
     "AnonHugePages of smaps small; Go 1.21.4 or later",
     "Go 1.21.4 or later, or "
     "/sys/kernel/mm/transparent_hugepage/khugepaged/max_ptes_none = 0",
     "OS-5; golang/go#61718, #64332"},
    {"not-touched", "held, but not resident: never written to, or swapped out", not_touched,
     "a figure for RSS of another process or moment", "nothing: it costs nothing", "OS-4, PA-28"},
    {"virtual-only", "address space costs nothing: Go reserves more than it uses",
     returned_is_virtual, "RSS that grows with VIRT", "nothing",
     "AS-2, AS-6; an article: VIRT of 136 GiB for a hello world"},
    {"garbage-waits", "garbage, or new objects, wait for a collection", garbage_waits,
     "a collection (runtime.GC) after which HeapAlloc is the same",
     "a lower GOGC, or a limit; fewer allocations",
     "GC-10 to GC-14; an article: the bulk of the "
     "difference is memory that is free but not collected"},
    {"profile-shows-less",
     "a heap profile shows what lived at the last collection, not what is held", profile_shows_less,
     "a profile after runtime.GC that still shows as little, and HeapAlloc as much",
     "nothing: double by GOGC=100 is normal", "golang/go#13463; formats 1.2"},
    {"sparse-spans", "spans held by few objects", sparse_spans,
     "free slots that fill up again, or spans that go at the next collection",
     "objects that live as long as their neighbours; fewer sizes; pools",
     "SW-1; golang/go#18896; an article: an object of 8 bytes keeps a span of 8 KiB"},
    {"spike-kept", "a spike is over, and its memory is kept for the next", spike_kept,
     "HeapReleased that rises within minutes without the program's doing; another spike",
     "debug.FreeOSMemory once after the spike; a limit; each collection lowers what is kept",
     "SC-6, SC-13; golang/go#30333; an article on a cache that was made smaller"},
    {"idle-waits", "idle spans wait: five minutes unused, looked at every two and a half",
     idle_waits, "HeapReleased that stays for eight minutes though HeapIdle does not move",
     "time, or debug.FreeOSMemory",
     "SC-1, SC-2; golang/go#14045, #16930; an article: look again "
     "after seven minutes"},
    {"stacks-stay", "many goroutines, or deep ones", stacks_stay,
     "a goroutine profile with few goroutines, and StackInuse falling after a collection",
     "fewer goroutines; stacks shrink by half a collection; up to Go 1.3 they never go",
     "ST-4, ST-6, ST-7; an article on stacks of Go 1.3"},
    {"structures-stay", "structures of a heap that was larger", records_stay,
     "a heap as large as ever", "a restart: they never shrink", "MS-7, MS-9, MS-19"},
    {"above-limit", "more than the memory limit", above_limit, "another limit in force",
     "a higher limit, or a smaller live heap: near it the collector runs all the time",
     "GC-15; golang/go#58106"},
    {"settings-do-not-fit", "the process does not run with the settings that were taken",
     settings_refuted, "the right GOGC: give it with --gogc", "--gogc, --limit", "GC-10 to GC-14"},
}};

}  // namespace

std::span<const FindingRule> finding_rules() { return rules; }

std::vector<Finding> findings_of(const Observation& observation, const Ledger& ledger) {
  std::vector<Finding> findings;
  for (const FindingRule& rule : rules) {
    if (auto evidence = rule.evidence(observation, ledger)) {
      findings.push_back({&rule, *std::move(evidence)});
    }
  }
  return findings;
}

std::string human_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 7> units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  std::size_t unit = 0;
  std::uint64_t scaled = bytes;
  std::uint64_t rest = 0;
  for (; scaled >= 1024; scaled /= 1024, ++unit) rest = scaled % 1024;
  return fmt::format("{}.{:02} {}", scaled, rest * 100 / 1024, units[unit]);
}

}  // namespace heaplaw::evidence
