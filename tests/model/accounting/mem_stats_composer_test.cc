#include "model/accounting/mem_stats_composer.h"

#include <gtest/gtest.h>

#include "runtime_fixture.h"

namespace heaplaw::model {
namespace {

TEST(MemStatsComposer, SumsAreSums) {
  Process p(3);
  p.fill(20_B, 3000);
  p.alloc(1_MiB);
  p.apply(Operation::stack_grow(4, 8_KiB));
  p.gc();
  const MemStats s = p.runtime.mem_stats();
  EXPECT_EQ(s.sys, s.heap_sys + s.stack_sys + s.mspan_sys + s.mcache_sys + s.buck_hash_sys +
                       s.gc_sys + s.other_sys);
  EXPECT_EQ(s.heap_sys, s.heap_inuse + s.heap_idle);
  EXPECT_EQ(s.heap_sys + s.stack_inuse, 4u << 20);
  EXPECT_EQ(s.heap_objects, s.mallocs - s.frees);
  EXPECT_EQ(s.mcache_inuse, 3 * 1200u);
}

// MS-1
TEST(MemStatsComposer, TheLargestClassesAreInNoBySizeEntry) {
  Process p;
  p.alloc(32768_B);
  p.alloc(18432_B);
  const MemStats s = p.read();
  EXPECT_EQ(s.mallocs, 2u);
  EXPECT_EQ(s.by_size[60].size, 18432u);
  EXPECT_EQ(s.by_size[60].mallocs, 1u);
  EXPECT_EQ(s.by_size[0], BySizeEntry{});
}

// GC-14: without a percentage NextGC follows from the other fields of the same snapshot.
TEST(MemStatsComposer, NextGcIsOfTheSameMoment) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  p.fill(100_B, 100);
  for (const MemStats& s : {p.runtime.mem_stats(), p.read()}) {
    const std::uint64_t non_heap = s.sys - s.heap_idle - s.heap_alloc;
    EXPECT_EQ(s.next_gc, (std::uint64_t{1} << 63) - 1 - non_heap - (1 << 20));
  }
}

}  // namespace
}  // namespace heaplaw::model
