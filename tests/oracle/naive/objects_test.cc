#include "oracle/naive/objects.h"

#include <vector>

#include "driver.h"

namespace heaplaw::oracle {
namespace {

// SP-4, SP-1: the slots of a span in turn, then the next span.
TEST(NaiveObjects, slotsAscend) {
  Driver d;
  EXPECT_EQ(d.alloc(1024), 0U);
  for (std::uint64_t i = 1; i < 8; ++i) EXPECT_EQ(d.alloc(1000), i * 1024);
  EXPECT_EQ(d.alloc(1024), 8192U);
  EXPECT_EQ(d.alloc(1024, ObjectKind::scan), 16384U);
}

// MS-2, as a real Go counted: 20 objects of one byte.
TEST(NaiveObjects, tinyObjectsShareABlock) {
  Driver d;
  EXPECT_EQ(d.alloc(1), 0U);
  EXPECT_EQ(d.alloc(1), 1U);
  EXPECT_EQ(d.alloc(4), 4U);
  EXPECT_EQ(d.alloc(8), 8U);
  EXPECT_EQ(d.alloc(2), 16U);
  Driver counted;
  for (int i = 0; i < 20; ++i) counted.alloc(1);
  const MemStats stats = counted.read();
  EXPECT_EQ(stats.mallocs, 20U);
  EXPECT_EQ(stats.frees, 18U);
  EXPECT_EQ(stats.by_size[2].mallocs, 2U);
  EXPECT_EQ(stats.total_alloc, 32U);
}

// SP-7: a new block replaces the old one only if it has more room left.
TEST(NaiveObjects, theBlockWithMoreRoomIsKept) {
  Driver d;
  EXPECT_EQ(d.alloc(4), 0U);
  EXPECT_EQ(d.alloc(15), 16U);
  EXPECT_EQ(d.alloc(8), 8U);
}

// SP-8, SP-18.
TEST(NaiveObjects, readingMemStatsForgetsTheTinyBlock) {
  Driver d;
  EXPECT_EQ(d.alloc(1), 0U);
  d.read();
  EXPECT_EQ(d.alloc(1), 16U);
}

// SP-16, as real Gos did: six spans A to F, holes in each, a collection; F was cached and is swept
// first, then A to E.
TEST(NaiveObjects, holesAreFilledFromTheCachedSpanOn) {
  Driver d;
  for (int i = 0; i < 48; ++i) d.alloc(1024);
  for (std::uint64_t handle = 2; handle <= 48; handle += 8) d.drop(handle);
  d.gc();
  for (const std::uint64_t span : {5U, 0U, 1U, 2U, 3U, 4U})
    EXPECT_EQ(d.alloc(1024), span * 8192 + 1024);
}

TEST(NaiveObjects, largeObjectsHaveTheirOwnPages) {
  Driver d;
  EXPECT_EQ(d.alloc(32769), 0U);
  EXPECT_EQ(d.alloc(1 << 20), 40960U);
  EXPECT_EQ(d.read().heap_alloc, 5U * 8192 + (1 << 20));
}

// AS-13, as real Gos did: the last free pages and the new chunks are one run.
TEST(NaiveObjects, growthIsAskedInFullAndUsedFromBelow) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(512 << 10);
  EXPECT_EQ(d.alloc(5 << 20), std::uint64_t{512} << 10);
  EXPECT_EQ(d.read().heap_sys, std::uint64_t{12} << 20);
}

// SP-1 to SP-3: Go 1.26's spans of small objects end in metadata, others begin with a header.
TEST(NaiveObjects, metadataTakesSlots) {
  Driver d(1, green_tea);
  for (std::uint64_t i = 0; i < 496; ++i) ASSERT_EQ(d.alloc(16, ObjectKind::scan), i * 16);
  EXPECT_EQ(d.alloc(16, ObjectKind::scan), 8192U);
  EXPECT_EQ(d.alloc(512, ObjectKind::scan), 16384U);
  EXPECT_EQ(d.alloc(513, ObjectKind::scan), 24576U + 8);
  EXPECT_EQ(d.alloc(568, ObjectKind::scan), 24576U + 576 + 8);
  EXPECT_EQ(d.alloc(32760), 4U * 8192);
  const std::uint64_t large = d.read().mallocs;
  EXPECT_EQ(d.alloc(32761), 8U * 8192);
  const MemStats stats = d.read();
  EXPECT_EQ(stats.mallocs, large + 1);
  EXPECT_EQ(stats.heap_inuse, 12U * 8192);
}

TEST(NaiveObjects, noBytesAreNoObject) {
  Driver d;
  const Observation said = d.apply(Operation::alloc(1, Bytes{0}, ObjectKind::scan));
  EXPECT_EQ(said, Observation::of(Address{}));
  EXPECT_EQ(d.read().mallocs, 0U);
  d.gc();
  d.drop(1);
}

}  // namespace
}  // namespace heaplaw::oracle
