#include "evidence/prometheus.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw::evidence {
namespace {

PrometheusSample read(std::string_view text) {
  LineScanner scanner(text);
  PrometheusSample sample;
  EXPECT_TRUE(match(scanner, sample)) << text;
  return sample;
}

TEST(Prometheus, SamplesSurviveByteForByte) {
  for (const char* line : {
           "go_memstats_alloc_bytes 6.396288e+06",
           "go_memstats_frees_total 319815",
           "go_memstats_sys_bytes{node=\"1\",path=\"a}\\\"b\"} 2.7183352e+07 1700000000000",
           "go_memstats_last_gc_time_seconds 1.5528438390886765e+09",
           "go_memstats_gc_cpu_fraction -8.07e-06",
           "go_memstats_next_gc_bytes 1.8446744073709552e+19",
           "go_memstats_mallocs_total 128268884",
           "some_histogram_sum NaN",
           "x:y +Inf",
       }) {
    EXPECT_EQ(print(read(line)), line);
  }
}

TEST(Prometheus, WholeNumbersAreExact) {
  const auto whole = [](const char* value) { return read("x " + std::string(value)).value.whole; };
  EXPECT_EQ(whole("0"), 0);
  EXPECT_EQ(whole("8.13368e+06"), 8133680);
  EXPECT_EQ(whole("1e+15"), 1000000000000000);
  EXPECT_EQ(whole("9.007199254740991e+15"), 9007199254740991);
  EXPECT_EQ(whole("9.223372036854775807e+18"), 9223372036854775808U);  // as a double has it
  EXPECT_EQ(whole("18446744073709551615"), ~std::uint64_t{0});
  EXPECT_EQ(whole("1.8446744073709552e+19"), std::nullopt);
  EXPECT_EQ(whole("1.5"), std::nullopt);
  EXPECT_EQ(whole("-1"), std::nullopt);
  EXPECT_EQ(whole("NaN"), std::nullopt);
}

TEST(Prometheus, RefusesOtherLines) {
  for (const char* line : {"", "# HELP x y", "1x 2", "x", "x ", "x  1", "x{a=\"b\" 1", "x 1 2 3",
                           "x 1,5", "x 0x10", "x 1\r"}) {
    LineScanner scanner(line);
    PrometheusSample sample;
    EXPECT_FALSE(match(scanner, sample)) << line;
  }
}

TEST(Prometheus, FindsMetricsByName) {
  EXPECT_TRUE(std::ranges::is_sorted(metrics(), {}, &Metric::name));
  for (const Metric& metric : metrics()) {
    EXPECT_EQ(metric_named(metric.name).metric, &metric);
    const std::string prefixed = "app_" + std::string(metric.name);
    EXPECT_EQ(metric_named(prefixed).metric, &metric);
    EXPECT_EQ(metric_named(prefixed).prefix, "app_");
  }
  for (const char* name : {"", "go_memstats_", "go_memstats_alloc", "go_goroutines", "go_infos"}) {
    EXPECT_EQ(metric_named(name).metric, nullptr) << name;
  }
}

TEST(Prometheus, GuessesTheNextMetric) {
  const Metric* last = nullptr;
  for (const Metric& metric : metrics()) {
    const std::string name(metric.name);
    EXPECT_EQ(metric_after(nullptr, name + " 1"), nullptr);
    EXPECT_EQ(metric_after(&metric, name + " 1"), nullptr) << name;
    if (last) {
      EXPECT_EQ(metric_after(last, name + " 1"), &metric) << name;
      EXPECT_EQ(metric_after(last, name + "{a=\"b\"} 1"), &metric) << name;
      EXPECT_EQ(metric_after(last, name), nullptr) << name;
      EXPECT_EQ(metric_after(last, name + "s 1"), nullptr) << name;
    }
    if (metric.kind == MetricKind::field) {
      EXPECT_EQ(field_number(metric), heaplaw::field_number(metric.field));
    }
    last = &metric;
  }
}

// The rule of formats, 8: /gc/heap/goal:bytes is go_gc_heap_goal_bytes.
TEST(Prometheus, SpellsRuntimeMetricsByARule) {
  std::size_t checked = 0;
  for (const Metric& metric : metrics()) {
    if (metric.kind != MetricKind::runtime) continue;
    std::string expected = "go" + std::string(name_of(metric.runtime));
    std::ranges::replace_if(
        expected, [](char c) { return c == '/' || c == '-' || c == ':'; }, '_');
    if (metric.counter) expected += "_total";
    EXPECT_EQ(metric.name, expected);
    ++checked;
  }
  EXPECT_EQ(checked, runtime_metric_count);
}

TEST(Prometheus, EveryFieldHasAMetricButFour) {
  std::string without;
  for (const MemStatsField& field : mem_stats_fields()) {
    const bool found = std::ranges::any_of(
        metrics(), [&](const Metric& metric) { return metric.field == field.member; });
    if (!found) without += " " + std::string(field.name);
  }
  EXPECT_EQ(without, " LastGC PauseTotalNs NumGC NumForcedGC");
}

TEST(Prometheus, TakesLabelsApart) {
  const std::string_view labels = "cluster=\"c,d\",version=\"go1.22.4\",node=\"1\"";
  EXPECT_EQ(label_value(labels, "version"), "go1.22.4");
  EXPECT_EQ(label_value(labels, "cluster"), "c,d");
  EXPECT_EQ(label_value(labels, "ver"), std::nullopt);
  EXPECT_EQ(labels_without(labels, "version"), "cluster=\"c,d\",node=\"1\"");
  EXPECT_EQ(labels_without(labels, "node"), "cluster=\"c,d\",version=\"go1.22.4\"");
  EXPECT_EQ(labels_without("version=\"go1.22\"", "version"), "");
  EXPECT_EQ(labels_without("version=\"go1.2", "version"), "version=\"go1.2");
}

}  // namespace
}  // namespace heaplaw::evidence
