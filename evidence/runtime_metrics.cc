#include "evidence/runtime_metrics.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

using M = MemStats;
using R = RuntimeMetric;

struct Named {
  std::string_view name;
  unsigned since;
};
constexpr std::array<Named, runtime_metric_count> known = {{
    {"/gc/cycles/forced:gc-cycles", 16},
    {"/gc/cycles/total:gc-cycles", 16},
    {"/gc/heap/allocs:bytes", 17},
    {"/gc/heap/allocs:objects", 17},
    {"/gc/heap/frees:objects", 17},
    {"/gc/heap/goal:bytes", 16},
    {"/gc/heap/objects:objects", 16},
    {"/gc/heap/tiny/allocs:objects", 17},
    {"/memory/classes/heap/free:bytes", 16},
    {"/memory/classes/heap/objects:bytes", 16},
    {"/memory/classes/heap/released:bytes", 16},
    {"/memory/classes/heap/stacks:bytes", 16},
    {"/memory/classes/heap/unused:bytes", 16},
    {"/memory/classes/metadata/mcache/free:bytes", 16},
    {"/memory/classes/metadata/mcache/inuse:bytes", 16},
    {"/memory/classes/metadata/mspan/free:bytes", 16},
    {"/memory/classes/metadata/mspan/inuse:bytes", 16},
    {"/memory/classes/metadata/other:bytes", 16},
    {"/memory/classes/os-stacks:bytes", 16},
    {"/memory/classes/other:bytes", 16},
    {"/memory/classes/profiling/buckets:bytes", 16},
    {"/memory/classes/total:bytes", 16},
}};

// A field is the sum of up to four metrics.
struct Meaning {
  std::uint64_t M::*field;
  std::array<std::optional<R>, 4> parts;
};
constexpr Meaning meanings[] = {
    {&M::alloc, {R::heap_objects}},
    {&M::heap_alloc, {R::heap_objects}},
    {&M::heap_inuse, {R::heap_objects, R::heap_unused}},
    {&M::heap_idle, {R::heap_free, R::heap_released}},
    {&M::heap_sys, {R::heap_objects, R::heap_unused, R::heap_free, R::heap_released}},
    {&M::heap_released, {R::heap_released}},
    {&M::stack_inuse, {R::heap_stacks}},
    {&M::stack_sys, {R::heap_stacks, R::os_stacks}},
    {&M::mspan_inuse, {R::mspan_inuse}},
    {&M::mspan_sys, {R::mspan_inuse, R::mspan_free}},
    {&M::mcache_inuse, {R::mcache_inuse}},
    {&M::mcache_sys, {R::mcache_inuse, R::mcache_free}},
    {&M::buck_hash_sys, {R::profiling_buckets}},
    {&M::gc_sys, {R::metadata_other}},
    {&M::other_sys, {R::other}},
    {&M::sys, {R::total}},
    {&M::total_alloc, {R::allocs_bytes}},
    {&M::mallocs, {R::allocs_objects, R::tiny_allocs}},
    {&M::frees, {R::frees_objects, R::tiny_allocs}},
    {&M::heap_objects, {R::objects}},
    {&M::next_gc, {R::goal}},
    {&M::num_gc, {R::cycles_total}},
    {&M::num_forced_gc, {R::cycles_forced}},
};

constexpr std::array<std::string_view, 5> separators = {": ", " = ", "=", " ", "\t"};

}  // namespace

std::string_view name_of(RuntimeMetric metric) {
  return known[static_cast<std::size_t>(metric)].name;
}

std::optional<RuntimeMetric> runtime_metric_named(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(known, name, {}, &Named::name);
  if (found == known.end() || found->name != name) return std::nullopt;
  return static_cast<RuntimeMetric>(found - known.begin());
}

ReleaseSpan releases_of(RuntimeMetric metric) {
  return ReleaseSpan::since(known[static_cast<std::size_t>(metric)].since);
}

bool RuntimeMetrics::empty() const {
  return std::ranges::none_of(values_, [](const auto& value) { return value.has_value(); });
}

Snapshot RuntimeMetrics::as_mem_stats() const {
  Snapshot out;
  out.stopped_world = false;
  for (const Meaning& meaning : meanings) {
    std::uint64_t sum = 0;
    const bool whole = std::ranges::all_of(meaning.parts, [&](const std::optional<R>& part) {
      if (!part) return true;
      if (!get(*part)) return false;
      (void)__builtin_add_overflow(sum, *get(*part), &sum);
      return true;
    });
    if (whole) out.set(meaning.field, sum);
  }
  return out;
}

bool match(LineScanner& scanner, RuntimeMetricLine& line) {
  const std::string_view rest = scanner.rest();
  if (!rest.starts_with('/')) return scanner.expect("a metric's name");
  // "/gc/heap/goal:bytes: 4096": of two colons the first belongs to the name.
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return scanner.expect("a metric's name, NAME:UNIT");
  const std::size_t unit_end = rest.find_first_of(": =\t", colon + 1);
  if (unit_end == rest.npos || unit_end == colon + 1) return scanner.expect("a metric's value");
  line.name = rest.substr(0, unit_end);
  if (!scanner.skip(line.name)) return false;
  for (const std::string_view separator : separators) {
    if (!scanner.skip(separator)) continue;
    line.separator = separator;
    return scanner.number(line.value) && scanner.end();
  }
  return scanner.expect("a blank, a colon, an equals sign or a tab");
}

std::string print(const RuntimeMetricLine& line) {
  return fmt::format("{}{}{}", line.name, line.separator, line.value);
}

}  // namespace heaplaw::evidence
