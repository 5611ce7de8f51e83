// Prometheus' text exposition as far as it tells of Go's memory: go_memstats_*, the metrics of
// runtime/metrics, and go_info (formats, 7 and 8).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evidence/line_scanner.h"
#include "evidence/runtime_metrics.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

// A number as the exposition spells it. Programs hold doubles; nearly all are whole.
struct SampleValue {
  double number = 0;
  std::optional<std::uint64_t> whole;  // exact where the number is whole and below 2^64
  bool plain = false;  // digits alone, though Go would write an exponent: not Go's client library

  bool operator==(const SampleValue&) const = default;
};

// "go_memstats_sys_bytes{node="1"} 2.7183352e+07 1700000000000". Views the line.
struct PrometheusSample {
  std::string_view name;
  std::string_view labels;  // between the braces, in the order and spelling of the line
  SampleValue value;
  std::optional<std::int64_t> timestamp_ms;
};

// What a sample's name means here.
enum class MetricKind : std::uint8_t {
  field,    // of MemStats
  runtime,  // of runtime/metrics
  last_gc,  // in seconds
  fraction,
  info,  // the release, as a label
};
struct Metric {
  std::string_view name;  // without prefix
  MetricKind kind = MetricKind::field;
  std::uint64_t MemStats::*field = nullptr;
  RuntimeMetric runtime = RuntimeMetric::total;
  bool counter = false;
};

[[nodiscard]] std::span<const Metric> metrics();

struct NamedMetric {
  const Metric* metric = nullptr;  // null: none of ours
  std::string_view prefix;         // "consul_dataplane_"
};
// By a name with or without an application's prefix.
[[nodiscard]] NamedMetric metric_named(std::string_view name);
// The metric that the line is of, if that is one of the next after `last`: expositions come in the
// same order again and again. Null if it is another.
[[nodiscard]] const Metric* metric_after(const Metric* last, std::string_view line);
// Of a metric that is a field.
[[nodiscard]] std::size_t field_number(const Metric& metric);

// A whole line; false, with the reason in the scanner, for anything else, comments included.
[[nodiscard]] bool match(LineScanner& line, PrometheusSample& sample);
// The same behind the name, which the line is known to begin with.
[[nodiscard]] bool match_named(LineScanner& line, std::string_view name, PrometheusSample& sample);
[[nodiscard]] std::string print(const PrometheusSample& sample);

// The value of a label, and the labels without it.
[[nodiscard]] std::optional<std::string_view> label_value(std::string_view labels,
                                                          std::string_view name);
[[nodiscard]] std::string labels_without(std::string_view labels, std::string_view name);

}  // namespace heaplaw::evidence
