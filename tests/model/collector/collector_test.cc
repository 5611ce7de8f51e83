#include "model/collector/collector.h"

#include <gtest/gtest.h>

#include "runtime_fixture.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t second = 1'000'000'000;

// GC-8 and GC-13: the first collection comes when spans of 3997696 bytes have been cached.
TEST(Collector, IsTriggeredByTheHeap) {
  Process p;
  while (p.read().num_gc == 0) p.alloc(8192_B), p.drop(p.handles, p.handles);
  EXPECT_EQ(p.handles, 3997696u / 8192);
  EXPECT_EQ(p.read().num_forced_gc, 0u);
}

TEST(Collector, WithoutAPercentageItIsOnlyRequested) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  p.fill(1_MiB, 20);
  p.apply(Operation::advance(600 * second));
  EXPECT_EQ(p.read().num_gc, 0u);
  p.gc();
  EXPECT_EQ(p.read().num_gc, 1u);
}

TEST(Collector, AMemoryLimitTriggersWithoutAPercentage) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  p.apply(Operation::memory_limit(32 << 20));
  for (unsigned i = 0; i < 64; ++i) p.alloc(1_MiB), p.drop(p.handles, p.handles);
  EXPECT_GT(p.read().num_gc, 0u);
}

// GC-4
TEST(Collector, CollectsEveryTwoMinutesOnceItHasBegun) {
  Process p;
  p.apply(Operation::advance(600 * second));
  EXPECT_EQ(p.read().num_gc, 0u);
  p.gc();
  p.apply(Operation::advance(119 * second));
  EXPECT_EQ(p.read().num_gc, 1u);
  p.apply(Operation::advance(1 * second));
  EXPECT_EQ(p.read().num_gc, 2u);
  p.apply(Operation::advance(600 * second));
  EXPECT_EQ(p.read().num_gc, 7u);
  EXPECT_EQ(p.read().num_forced_gc, 1u);
}

TEST(Collector, DoesNotSimulateCenturies) {
  Process p;
  p.gc();
  p.apply(Operation::advance(std::numeric_limits<std::int64_t>::max()));
  p.apply(Operation::advance(std::numeric_limits<std::int64_t>::max()));
  p.apply(Operation::advance(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(p.read().num_gc, 102u) << "nothing is due after the clock's end";
  EXPECT_EQ(p.read().last_gc, ~std::uint64_t{0} >> 1);
}

TEST(Collector, KeepsItsWorkBufferUntilTheBackgroundSweepIsOver) {
  Process p;
  while (p.runtime.state().collections.cycles == 0) p.alloc(8192_B);
  EXPECT_EQ(p.runtime.page_map().count(PageUse::work_buffer_span), 4_pages);
  p.apply(Operation::advance(0));
  EXPECT_EQ(p.runtime.page_map().count(PageUse::work_buffer_span), 0_pages);
}

// PA-23: what a P's page cache holds stays.
TEST(Collector, FreeOsMemoryReleasesAllThatIsNotCached) {
  Process p;
  p.fill(1_MiB, 8);
  p.drop(1, 8);
  p.apply(Operation::free_os_memory());
  const MemStats stats = p.read();
  const PageMap map = p.runtime.page_map();
  EXPECT_EQ(stats.heap_idle - stats.heap_released, map.count(PageUse::cached).raw() * 8192);
  EXPECT_EQ(map.count(PageUse::free), 0_pages);
  EXPECT_EQ(stats.num_forced_gc, 2u);
}

}  // namespace
}  // namespace heaplaw::model
