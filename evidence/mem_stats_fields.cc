#include "evidence/mem_stats_fields.h"

#include <algorithm>

namespace heaplaw::evidence {

namespace {

using enum StructValue;
using M = MemStats;
using S = Snapshot;

constexpr StructField fields[] = {
    {"Alloc", number, 0, &M::alloc},
    {"TotalAlloc", number, 0, &M::total_alloc},
    {"Sys", number, 0, &M::sys},
    {"Lookups", number, 0, &M::lookups},
    {"Mallocs", number, 0, &M::mallocs},
    {"Frees", number, 0, &M::frees},
    {"HeapAlloc", number, 0, &M::heap_alloc},
    {"HeapSys", number, 0, &M::heap_sys},
    {"HeapIdle", number, 0, &M::heap_idle},
    {"HeapInuse", number, 0, &M::heap_inuse},
    {"HeapReleased", number, 0, &M::heap_released},
    {"HeapObjects", number, 0, &M::heap_objects},
    {"StackInuse", number, 0, &M::stack_inuse},
    {"StackSys", number, 0, &M::stack_sys},
    {"MSpanInuse", number, 0, &M::mspan_inuse},
    {"MSpanSys", number, 0, &M::mspan_sys},
    {"MCacheInuse", number, 0, &M::mcache_inuse},
    {"MCacheSys", number, 0, &M::mcache_sys},
    {"BuckHashSys", number, 0, &M::buck_hash_sys},
    {"GCSys", number, 2, &M::gc_sys},
    {"OtherSys", number, 2, &M::other_sys},
    {"NextGC", number, 0, &M::next_gc},
    {"LastGC", number, 0, &M::last_gc},
    {"PauseTotalNs", number, 0, &M::pause_total_ns},
    {"PauseNs", list, 0, nullptr, &S::pause_ns},
    {"PauseEnd", list, 4, nullptr, &S::pause_end},
    {"NumGC", number, 0, &M::num_gc},
    {"NumForcedGC", number, 8, &M::num_forced_gc},
    {"GCCPUFraction", fraction, 5},
    {"EnableGC", flag, 0, nullptr, nullptr, &S::enable_gc},
    {"DebugGC", flag, 0, nullptr, nullptr, &S::debug_gc},
    {"BySize", by_size},
};

}  // namespace

std::span<const StructField> struct_fields() { return fields; }

const StructField* struct_field_named(std::string_view name) {
  const auto* const found = std::ranges::find(fields, name, &StructField::name);
  return found == std::end(fields) ? nullptr : found;
}

}  // namespace heaplaw::evidence
