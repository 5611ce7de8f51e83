#include "oracle/naive/page_heap.h"

#include "driver.h"

namespace heaplaw::oracle {
namespace {

// PA-22, as real Gos did: five pages do not fit what is left of the cache, and skip it.
TEST(NaivePageHeap, aRunTooLongForTheCacheComesFromTheHeap) {
  Driver d;
  for (int i = 0; i < 6; ++i) d.alloc(81920 - 8192, ObjectKind::noscan);  // 9 pages each
  d.alloc(8192);
  d.alloc(8192);
  d.alloc(8192);
  d.alloc(8192);
  d.alloc(8192);
  d.alloc(8192);
  EXPECT_EQ(d.alloc(40960), std::uint64_t{64} << 13);
  EXPECT_EQ(d.alloc(32768, ObjectKind::scan), std::uint64_t{60} << 13);
}

// Each P has a cache of its own.
TEST(NaivePageHeap, everyPCachesItsOwnBlock) {
  Driver d(2);
  EXPECT_EQ(d.alloc(8192), 0U);  // grows the heap, and caches nothing yet
  EXPECT_EQ(d.alloc(8192), 8192U);
  d.apply(Operation::proc(1));
  EXPECT_EQ(d.alloc(8192), std::uint64_t{64} << 13);
}

// SC-25: with a limit, whoever takes pages releases what is above it.
TEST(NaivePageHeap, aLimitReleasesWhatItCan) {
  Driver d;
  d.alloc(3 << 20);
  d.drop(1);
  d.gc();
  const MemStats before = d.runtime.mem_stats();
  ASSERT_GT(before.heap_idle - before.heap_released, std::uint64_t{2} << 20);
  d.apply(Operation::memory_limit(before.sys - before.heap_released - (1 << 20)));
  d.alloc(100);
  const MemStats after = d.runtime.mem_stats();
  EXPECT_LE(after.sys - after.heap_released, before.sys - before.heap_released - (1 << 20));
}

// SC-24: growing beyond what the last collection's goal allows gives back as much as it takes.
TEST(NaivePageHeap, growthGivesBackWhatItTakes) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(16 << 20);
  d.alloc(100);
  d.drop(1);
  d.gc();
  d.gc();
  ASSERT_NE(d.runtime.state().retained_goal, value_off);
  const MemStats before = d.runtime.mem_stats();
  const std::uint64_t resident = before.heap_idle - before.heap_released;
  ASSERT_GT(resident, std::uint64_t{15} << 20);
  d.alloc(20 << 20);
  const MemStats after = d.runtime.mem_stats();
  EXPECT_EQ(after.heap_sys, before.heap_sys + (20 << 20));
  EXPECT_LE(after.heap_idle - after.heap_released, 64U * 8192);  // the page cache
}

// SC-24 sees the rest of the arena that growth leaves behind.
TEST(NaivePageHeap, whatIsLeftBehindIsGrowth) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(30 << 20);
  d.drop(1);
  d.alloc(100);
  d.gc();
  d.gc();
  d.apply(Operation::os_fault(OsFault::reserve));
  const MemStats before = d.runtime.mem_stats();
  ASSERT_GT(before.heap_idle - before.heap_released, std::uint64_t{29} << 20);
  EXPECT_EQ(d.alloc(40 << 20), std::uint64_t{1} << 40);
  const MemStats after = d.runtime.mem_stats();
  EXPECT_EQ(after.heap_sys - before.heap_sys, std::uint64_t{(32 + 40) << 20});
  EXPECT_LE(after.heap_idle - after.heap_released, 64U * 8192);  // the page cache
}

// First fit: what is left behind is lower, and used before the new place.
TEST(NaivePageHeap, theRestOfAnArenaIsUsedFirst) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(100);
  d.apply(Operation::os_fault(OsFault::reserve));
  EXPECT_EQ(d.alloc(61 << 20), 8192U) << "it fits into the first arena";
  EXPECT_EQ(d.runtime.mem_stats().heap_sys, std::uint64_t{128} << 20);
}

// The machine's 2 TiB are what growth itself maps: a rest comes on top.
TEST(NaivePageHeap, aRestMayExceedTheMachine) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(100);
  d.apply(Operation::os_fault(OsFault::reserve));
  d.alloc((std::uint64_t{2} << 40) - (4 << 20));
  EXPECT_EQ(d.runtime.mem_stats().heap_sys, (std::uint64_t{2} << 40) + (60 << 20));
  EXPECT_EQ(d.apply(Operation::alloc(90, Bytes{65 << 20}, ObjectKind::noscan)).answer,
            Answer::out_of_memory);
  EXPECT_LT(d.alloc(40 << 20), std::uint64_t{64} << 20);
}

}  // namespace
}  // namespace heaplaw::oracle
