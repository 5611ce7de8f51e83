#include "evidence/runtime_metrics.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(RuntimeMetrics, AreFoundByName) {
  for (std::size_t i = 0; i < runtime_metric_count; ++i) {
    const auto metric = static_cast<RuntimeMetric>(i);
    EXPECT_EQ(runtime_metric_named(name_of(metric)), metric);
    EXPECT_TRUE(releases_of(metric).contains(17));
    EXPECT_FALSE(releases_of(metric).contains(15));
  }
  EXPECT_EQ(runtime_metric_named("/gc/heap/live:bytes"), std::nullopt);
  EXPECT_EQ(runtime_metric_named(""), std::nullopt);
}

TEST(RuntimeMetrics, MakeMemStats) {
  RuntimeMetrics m;
  EXPECT_TRUE(m.empty());
  m.set(RuntimeMetric::heap_free, 1);
  EXPECT_TRUE(m.as_mem_stats().has.empty());
  m.set(RuntimeMetric::heap_released, 2);
  m.set(RuntimeMetric::heap_objects, 4);
  m.set(RuntimeMetric::heap_unused, 8);
  m.set(RuntimeMetric::allocs_objects, 16);
  m.set(RuntimeMetric::tiny_allocs, 32);
  const Snapshot s = m.as_mem_stats();
  EXPECT_FALSE(s.stopped_world);
  EXPECT_EQ(s.stats.heap_idle, 3);
  EXPECT_EQ(s.stats.heap_released, 2);
  EXPECT_EQ(s.stats.heap_alloc, 4);
  EXPECT_EQ(s.stats.heap_inuse, 12);
  EXPECT_EQ(s.stats.heap_sys, 15);
  EXPECT_EQ(s.stats.mallocs, 48);
  EXPECT_EQ(s.has.names(), "Alloc, Mallocs, HeapAlloc, HeapSys, HeapIdle, HeapInuse, HeapReleased");
}

TEST(RuntimeMetrics, LinesSurviveInAnySpelling) {
  for (const char* line : {"/memory/classes/heap/free:bytes 4096", "/gc/heap/goal:bytes: 4194304",
                           "/gc/cycles/total:gc-cycles = 7", "/sched/goroutines:goroutines=8",
                           "/a:b\t18446744073709551615"}) {
    LineScanner scanner(line);
    RuntimeMetricLine read;
    ASSERT_TRUE(match(scanner, read)) << line;
    EXPECT_EQ(print(read), line);
  }
}

TEST(RuntimeMetrics, RefusesOtherLines) {
  for (const char* line : {"", "/", "/a", "/a:", "/a:b", "/a: 1", "/a:b 1.5", "/a:b -1", "/a:b 1 ",
                           "memory/classes/heap/free:bytes 1", "/a:b  1"}) {
    LineScanner scanner(line);
    RuntimeMetricLine read;
    EXPECT_FALSE(match(scanner, read)) << line;
  }
}

}  // namespace
}  // namespace heaplaw::evidence
