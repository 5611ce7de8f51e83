#include "vocabulary/mem_stats.h"

#include <algorithm>

#include <fmt/format.h>

namespace heaplaw {

namespace {

using enum Comparable;
constexpr auto bytes = StatsUnit::bytes;
constexpr auto objects = StatsUnit::objects;

// clang-format off
constexpr MemStatsField fields[] = {
    {"Alloc", &MemStats::alloc, bytes, exact, true, "MS-17", "the same as HeapAlloc"},
    {"TotalAlloc", &MemStats::total_alloc, bytes, exact, true, "10.1", "slots and large spans ever allocated"},
    {"Sys", &MemStats::sys, bytes, bounded, true, "MS-11", "the sum of all fields that end in Sys"},
    {"Lookups", &MemStats::lookups, StatsUnit::lookups, unpredictable, false, "10.1", "pointer lookups, up to Go 1.10"},
    {"Mallocs", &MemStats::mallocs, objects, exact, true, "MS-2", "objects ever allocated, tiny ones each"},
    {"Frees", &MemStats::frees, objects, exact, true, "MS-2", "objects ever freed, tiny ones as soon as allocated"},
    {"HeapAlloc", &MemStats::heap_alloc, bytes, exact, true, "MS-14", "slots and large spans not yet swept away"},
    {"HeapSys", &MemStats::heap_sys, bytes, exact_in_sum, true, "MS-16", "address space of the heap, without stacks"},
    {"HeapIdle", &MemStats::heap_idle, bytes, exact_in_sum, true, "MS-12", "free pages, given back or not"},
    {"HeapInuse", &MemStats::heap_inuse, bytes, exact, true, "MS-12", "spans that hold objects"},
    {"HeapReleased", &MemStats::heap_released, bytes, bounded, true, "MS-13", "free pages given back to the operating system"},
    {"HeapObjects", &MemStats::heap_objects, objects, exact, true, "MS-17", "Mallocs - Frees"},
    {"StackInuse", &MemStats::stack_inuse, bytes, exact_in_sum, true, "MS-20", "spans that hold stacks"},
    {"StackSys", &MemStats::stack_sys, bytes, bounded, true, "MS-20", "StackInuse and the threads' own stacks"},
    {"MSpanInuse", &MemStats::mspan_inuse, bytes, bounded, true, "MS-21", "span records in use"},
    {"MSpanSys", &MemStats::mspan_sys, bytes, bounded, true, "MS-7", "memory for span records"},
    {"MCacheInuse", &MemStats::mcache_inuse, bytes, exact, true, "MS-6", "caches of the Ps in use"},
    {"MCacheSys", &MemStats::mcache_sys, bytes, exact, true, "MS-7", "memory for caches of the Ps"},
    {"BuckHashSys", &MemStats::buck_hash_sys, bytes, bounded, true, "MS-10", "the memory profiler's buckets"},
    {"GCSys", &MemStats::gc_sys, bytes, bounded, true, "MS-9", "the collector's metadata"},
    {"OtherSys", &MemStats::other_sys, bytes, bounded, true, "MS-8", "the runtime's other allocations"},
    {"NextGC", &MemStats::next_gc, bytes, bounded, true, "GC-11", "the heap size that the collector aims at"},
    {"LastGC", &MemStats::last_gc, StatsUnit::nanoseconds, unpredictable, false, "MS-23", "when the last collection ended"},
    {"PauseTotalNs", &MemStats::pause_total_ns, StatsUnit::nanoseconds, unpredictable, false, "MS-23", "time in which the world stood still"},
    {"NumGC", &MemStats::num_gc, StatsUnit::collections, exact, true, "MS-19", "collections ended"},
    {"NumForcedGC", &MemStats::num_forced_gc, StatsUnit::collections, exact, false, "MS-23", "those that the program requested"},
};
// clang-format on

constexpr std::array<std::string_view, 5> unit_names = {"bytes", "objects", "nanoseconds",
                                                        "collections", "lookups"};
constexpr std::array<std::string_view, 4> comparable_names = {"exact", "exact in sum", "bounded",
                                                              "unpredictable"};

struct ByColumn {
  std::string_view name;
  std::uint64_t BySizeEntry::*member;
};
constexpr ByColumn by_size_columns[] = {{"Size", &BySizeEntry::size},
                                        {"Mallocs", &BySizeEntry::mallocs},
                                        {"Frees", &BySizeEntry::frees}};

std::uint64_t wrapping_subtract(std::uint64_t a, std::uint64_t b) {
  std::uint64_t difference = 0;
  (void)__builtin_sub_overflow(a, b, &difference);
  return difference;
}

}  // namespace

std::string_view name_of(StatsUnit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

std::string_view name_of(Comparable comparable) {
  return comparable_names[static_cast<std::size_t>(comparable)];
}

std::span<const MemStatsField> mem_stats_fields() { return fields; }

const MemStatsField* mem_stats_field_named(std::string_view name) {
  const auto* const found = std::ranges::find(fields, name, &MemStatsField::name);
  return found == std::end(fields) ? nullptr : found;
}

std::vector<MemStatsDifference> differences(const MemStats& expected, const MemStats& actual,
                                            Comparable only) {
  std::vector<MemStatsDifference> found;
  if (expected == actual) return found;
  const auto compare = [&](std::string name, std::uint64_t a, std::uint64_t b, Comparable c) {
    if (a != b) found.push_back({std::move(name), a, b, c});
  };
  for (const MemStatsField& field : fields) {
    if (field.comparable > only) continue;
    compare(std::string(field.name), expected.*field.member, actual.*field.member,
            field.comparable);
  }
  for (std::size_t i = 0; i < by_size_count; ++i) {
    for (const ByColumn& column : by_size_columns) {
      const std::uint64_t a = expected.by_size[i].*column.member;
      const std::uint64_t b = actual.by_size[i].*column.member;
      if (a != b) compare(fmt::format("BySize[{}].{}", i, column.name), a, b, exact);
    }
  }
  return found;
}

MemStats difference_since(const MemStats& base, const MemStats& now) {
  MemStats since = now;
  for (const MemStatsField& field : fields) {
    since.*field.member = wrapping_subtract(now.*field.member, base.*field.member);
  }
  for (std::size_t i = 0; i < by_size_count; ++i) {
    since.by_size[i].mallocs = wrapping_subtract(now.by_size[i].mallocs, base.by_size[i].mallocs);
    since.by_size[i].frees = wrapping_subtract(now.by_size[i].frees, base.by_size[i].frees);
  }
  return since;
}

}  // namespace heaplaw
