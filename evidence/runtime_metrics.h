// Metrics of runtime/metrics that tell of memory, what they make of MemStats, and the lines in
// which programs print them (formats, 8).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/line_scanner.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

// In the order of their names.
enum class RuntimeMetric : std::uint8_t {
  cycles_forced,
  cycles_total,
  allocs_bytes,
  allocs_objects,
  frees_objects,
  goal,
  objects,
  tiny_allocs,
  heap_free,
  heap_objects,
  heap_released,
  heap_stacks,
  heap_unused,
  mcache_free,
  mcache_inuse,
  mspan_free,
  mspan_inuse,
  metadata_other,
  os_stacks,
  other,
  profiling_buckets,
  total,
};
inline constexpr std::size_t runtime_metric_count = 22;

// "/memory/classes/heap/free:bytes"
[[nodiscard]] std::string_view name_of(RuntimeMetric metric);
[[nodiscard]] std::optional<RuntimeMetric> runtime_metric_named(std::string_view name);
[[nodiscard]] ReleaseSpan releases_of(RuntimeMetric metric);

// What one reading gave.
class RuntimeMetrics {
 public:
  void set(RuntimeMetric metric, std::uint64_t value) {
    values_[static_cast<std::size_t>(metric)] = value;
  }
  [[nodiscard]] std::optional<std::uint64_t> get(RuntimeMetric metric) const {
    return values_[static_cast<std::size_t>(metric)];
  }
  [[nodiscard]] bool empty() const;

  // Those fields of MemStats whose parts are all there. Sums wrap as Go's own do.
  [[nodiscard]] Snapshot as_mem_stats() const;

  bool operator==(const RuntimeMetrics&) const = default;

 private:
  std::array<std::optional<std::uint64_t>, runtime_metric_count> values_{};
};

// "/memory/classes/heap/free:bytes 4096", with a blank, ": ", " = ", "=" or a tab between: each
// program has its own way. Views the line.
struct RuntimeMetricLine {
  std::string_view name;
  std::string_view separator;
  std::uint64_t value = 0;
};

// A whole line of any metric whose value is a whole number; false, with the reason in the scanner,
// for anything else.
[[nodiscard]] bool match(LineScanner& scanner, RuntimeMetricLine& line);
[[nodiscard]] std::string print(const RuntimeMetricLine& line);

}  // namespace heaplaw::evidence
