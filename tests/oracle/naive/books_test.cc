#include "oracle/naive/books.h"

#include "driver.h"

namespace heaplaw::oracle {
namespace {

// SIM-1, SIM-14: only the Ps are there.
TEST(NaiveBooks, anEmptyProcessHasItsCaches) {
  const NaiveRuntime runtime(tested_release, 14);
  const MemStats stats = runtime.mem_stats();
  EXPECT_EQ(stats.mcache_inuse, 14U * 1200);
  EXPECT_EQ(stats.mcache_sys, 2U * 15600);
  EXPECT_EQ(stats.gc_sys, 256U);
  EXPECT_EQ(stats.other_sys, (256U << 10) - 256 - 2 * 15600);
  EXPECT_EQ(stats.sys, 256U << 10);
  EXPECT_EQ(stats.next_gc, 4U << 20);
}

// MS-9, MS-7, PA-25 for the first object.
TEST(NaiveBooks, theFirstObjectBringsTheMetadata) {
  Driver d;
  d.alloc(100);
  const MemStats stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.mspan_inuse, 64U * 144);
  EXPECT_EQ(stats.mspan_sys, 16272U);
  const std::uint64_t summaries = (128U << 10) + 4 * 4096 + 4096;
  EXPECT_EQ(stats.gc_sys, 256U + 2165776 + 4096 + (1U << 20) + summaries + 65536);
  EXPECT_EQ(stats.other_sys, (256U << 10) - 256 - 15600 - 4096 - 16272 + 65536);
  EXPECT_EQ(stats.heap_sys, 4U << 20);
  EXPECT_EQ(stats.heap_released, (4U << 20) - 8192);
}

// The same for Go 1.26: other records, and 8 bytes for each chunk instead of a bit.
TEST(NaiveBooks, theFirstObjectOfGo1_26BringsItsOwn) {
  Driver d(1, green_tea);
  d.apply(Operation::gc_percent(value_off));
  d.alloc(100);
  const MemStats stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.mspan_inuse, 64U * 160);
  EXPECT_EQ(stats.mspan_sys, 16320U);
  EXPECT_EQ(stats.mcache_sys, 7U * 2296);
  const std::uint64_t summaries = (128U << 10) + 4 * 4096 + 4096;
  EXPECT_EQ(stats.gc_sys, 256U + 69648 + 4096 + (1U << 20) + summaries + 65536);
  d.alloc(std::uint64_t{3} << 30);
  // 48 more arenas, a page each of chunks and of their summaries, a set's first block and table.
  EXPECT_EQ(d.runtime.mem_stats().gc_sys - stats.gc_sys, 48U * 69648 + 2 * 4096 + 4608 + 2048);
}

struct FarBooks {
  Release release;
  std::uint64_t gc_sys;
};

// As Go 1.19.8 and 1.26.x printed after something else was mapped behind the heap's last arena: two
// arena records, 1 MiB, a page of each level's summaries, what the scavenger keeps of the whole
// hole; and another list with the 17th range.
TEST(NaiveBooks, aHeapWithHolesIsCountedAsInGo) {
  for (const auto& [release, gc_sys] :
       {FarBooks{tested_release, 5429280}, FarBooks{green_tea, 3301408}}) {
    Driver d(1, release);
    d.apply(Operation::gc_percent(value_off));
    d.alloc(1 << 20);
    MemStats before = d.read();
    for (std::uint64_t i = 1; i <= 20; ++i) {
      d.apply(Operation::os_fault(OsFault::reserve));
      ASSERT_EQ(d.alloc(70 << 20), i << 40);
      const MemStats after = d.read();
      EXPECT_EQ(after.heap_sys - before.heap_sys, i == 1 ? 138412032U : 134217728U);
      EXPECT_EQ(after.heap_released - before.heap_released, i == 1 ? 65011712U : 60817408U);
      EXPECT_EQ(after.gc_sys - before.gc_sys, gc_sys + (i == 16 ? 512 : 0)) << i;
      EXPECT_EQ(before.other_sys - after.other_sys, i == 16 ? 512U : 0U) << i;
      before = after;
    }
  }
}

TEST(NaiveBooks, sysIsTheSumOfItsParts) {
  Driver d(3);
  d.alloc(100'000);
  d.apply(Operation::stack_grow(1, 2_KiB));
  const MemStats s = d.runtime.mem_stats();
  EXPECT_EQ(s.sys, s.heap_sys + s.stack_sys + s.mspan_sys + s.mcache_sys + s.buck_hash_sys +
                       s.gc_sys + s.other_sys);
  EXPECT_EQ(s.heap_sys, s.heap_inuse + s.heap_idle);
  EXPECT_EQ(s.heap_sys + s.stack_inuse, 4U << 20);
}

TEST(NaiveBooks, lookingChangesNothing) {
  Driver d;
  d.alloc(1);
  const MemStats first = d.runtime.mem_stats();
  EXPECT_EQ(d.runtime.mem_stats(), first);
  EXPECT_EQ(d.alloc(1), 1U);  // the tiny block is still there
}

}  // namespace
}  // namespace heaplaw::oracle
