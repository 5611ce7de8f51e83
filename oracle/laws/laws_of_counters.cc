#include <algorithm>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

// A law each, so that a regression names the counter that fell.
template <std::uint64_t MemStats::*member>
void never_falls(const M& m, F& f) {
  static const std::string_view name = [] {
    const auto fields = mem_stats_fields();
    return std::ranges::find(fields, member, &MemStatsField::member)->name;
  }();
  at_least(f, {name}, m.now->*member, m.before->*member);
}

template <std::uint64_t BySizeEntry::*member>
void classes_never_fall(const M& m, F& f) {
  for (std::size_t c = 0; c < by_size_count; ++c) {
    at_least(f, {"BySize entry"}, m.now->by_size[c].*member, m.before->by_size[c].*member);
  }
}

constexpr HeapLaw laws[] = {
    {{"mallocs-never-falls", "Mallocs never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::mallocs>},
    {{"frees-never-falls", "Frees never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::frees>},
    {{"total-alloc-never-falls", "TotalAlloc never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::total_alloc>},
    {{"num-gc-never-falls", "NumGC never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::num_gc>},
    {{"num-forced-gc-never-falls", "NumForcedGC never falls.", "1.8 -", exact, "MS-19"},
     never_falls<&MemStats::num_forced_gc>},
    {{"pause-total-never-falls", "PauseTotalNs never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::pause_total_ns>},
    {{"last-gc-never-falls", "LastGC never falls.", "1.4 -", exact, "MS-23"},
     never_falls<&MemStats::last_gc>},
    {{"lookups-never-falls", "Lookups never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::lookups>},
    {{"mspan-sys-never-falls", "MSpanSys never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::mspan_sys>},
    {{"mcache-sys-never-falls", "MCacheSys never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::mcache_sys>},
    {{"buck-hash-sys-never-falls", "BuckHashSys never falls.", "1.4 -", exact, "MS-19"},
     never_falls<&MemStats::buck_hash_sys>},
    {{"sys-never-falls", "Sys never falls.", "1.11 -", exact, "MS-19"},
     never_falls<&MemStats::sys>},
    {{"by-size-mallocs-never-fall", "No class's Mallocs falls.", "1.4 -", exact, "MS-19"},
     classes_never_fall<&BySizeEntry::mallocs>},
    {{"by-size-frees-never-fall", "No class's Frees falls.", "1.4 -", exact, "MS-19"},
     classes_never_fall<&BySizeEntry::frees>},
};

}  // namespace

std::span<const HeapLaw> laws_of_counters() { return laws; }

}  // namespace heaplaw::oracle
