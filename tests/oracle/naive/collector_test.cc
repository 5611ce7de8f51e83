#include "oracle/naive/collector.h"

#include "driver.h"

namespace heaplaw::oracle {
namespace {

constexpr std::uint64_t second = 1'000'000'000;

// GC-3: all dead objects are freed and counted on return; the work buffer is gone.
TEST(NaiveCollector, aRequestedCollectionFreesWhatIsDead) {
  Driver d;
  d.alloc(100);
  d.alloc(100'000);
  d.drop(1);
  d.drop(2);
  d.gc();
  const MemStats stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.frees, 2U);
  EXPECT_EQ(stats.heap_inuse, 0U);
  EXPECT_EQ(stats.num_gc, 1U);
  EXPECT_EQ(stats.num_forced_gc, 1U);
  EXPECT_EQ(d.runtime.page_map().count(PageUse::work_buffer_span), Pages{0});
}

// SP-9: nobody holds the objects, but the block is still being filled.
TEST(NaiveCollector, theCurrentTinyBlockLives) {
  Driver d;
  d.alloc(1);
  d.drop(1);
  d.gc();
  EXPECT_EQ(d.runtime.mem_stats().heap_alloc, 16U);
  d.gc();
  EXPECT_EQ(d.runtime.mem_stats().heap_alloc, 0U);
}

// SIM-5: the object that reaches the trigger is counted and alive; sweeping waits.
TEST(NaiveCollector, aTriggeredCollectionLeavesTheSweepToOthers) {
  Driver d;
  for (int i = 0; i < 37; ++i) {
    d.alloc(100'000);
    d.drop(d.last);
  }
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 0U);
  d.alloc(100'000);  // 38 * 13 pages are above 3997696 bytes
  MemStats stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.num_gc, 1U);
  EXPECT_EQ(stats.num_forced_gc, 0U);
  EXPECT_EQ(stats.frees, 0U);
  EXPECT_EQ(d.runtime.page_map().count(PageUse::work_buffer_span), Pages{4});
  d.apply(Operation::advance(0));
  stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.heap_objects, 1U);
  EXPECT_EQ(d.runtime.page_map().count(PageUse::work_buffer_span), Pages{0});
}

// PA-23: who is not current gives its page cache back.
TEST(NaiveCollector, idlePageCachesAreFlushed) {
  for (const auto& [release, cached] : {std::pair{tested_release, 62U + 59}, {green_tea, 59U}}) {
    Driver d(2, release);
    d.alloc(8192);
    d.alloc(8192);
    d.apply(Operation::proc(1));
    d.alloc(8192);
    d.gc();
    const PageMap map = d.runtime.page_map();
    EXPECT_EQ(map.count(PageUse::cached) + map.count(PageUse::cached_scavenged), Pages{cached})
        << release.name();
  }
}

// Two spans in 1.23 to 1.25.
TEST(NaiveCollector, takesTheReleasesWorkBuffers) {
  for (const auto& [release, pages] : {std::pair{Release(22, 12), 4U}, {Release(23, 12), 8U}}) {
    Driver d(1, release);
    d.alloc(4 << 20);
    ASSERT_EQ(d.runtime.mem_stats().num_gc, 1U);
    EXPECT_EQ(d.runtime.page_map().count(PageUse::work_buffer_span), Pages{pages});
    d.apply(Operation::advance(0));
    EXPECT_EQ(d.runtime.page_map().count(PageUse::work_buffer_span), Pages{0});
  }
}

// GC-4, SIM-6.
TEST(NaiveCollector, twoMinutesWithoutACollectionCauseOne) {
  Driver d;
  d.apply(Operation::advance(1000 * second));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 0U);  // none has happened yet
  d.gc();
  d.apply(Operation::advance(119 * second));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 1U);
  d.apply(Operation::advance(second));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 2U);
  d.apply(Operation::advance(600 * second));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 7U);
  EXPECT_EQ(d.runtime.mem_stats().num_forced_gc, 1U);
  d.apply(Operation::advance(std::uint64_t{1} << 62));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 7U + 100);
  d.apply(Operation::gc_percent(value_off));
  d.apply(Operation::advance(600 * second));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 7U + 100);
}

// SIM-6: what would be due after the clock's end never is.
TEST(NaiveCollector, theClockStopsWhereGosInt64Does) {
  constexpr std::uint64_t all_time = (std::uint64_t{1} << 63) - 1;
  Driver d;
  d.gc();
  for (int i = 0; i < 3; ++i) d.apply(Operation::advance(all_time));
  EXPECT_EQ(d.runtime.mem_stats().num_gc, 1U + 100 + 1);
  EXPECT_EQ(d.runtime.mem_stats().last_gc, all_time);
}

// SC-26, SC-27: what stays is what P 0 caches.
TEST(NaiveCollector, freeOsMemoryGivesBackAllButThePageCache) {
  Driver d;
  d.alloc(1 << 20);
  d.alloc(100);
  d.drop(1);
  d.apply(Operation::free_os_memory());
  const MemStats stats = d.runtime.mem_stats();
  const PageMap map = d.runtime.page_map();
  EXPECT_EQ(stats.num_gc, 2U);
  EXPECT_EQ(map.count(PageUse::free), Pages{0});
  EXPECT_EQ(stats.heap_idle - stats.heap_released, map.count(PageUse::cached).raw() * 8192);
}

}  // namespace
}  // namespace heaplaw::oracle
