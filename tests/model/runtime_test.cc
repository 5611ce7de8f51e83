#include "model/runtime.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime_fixture.h"
#include "vocabulary/trace.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::model {
namespace {

constexpr Address heap{0xc000000000};

TEST(Runtime, RefusesReleasesWithoutAModelAndWrongNumbersOfPs) {
  EXPECT_THROW(Runtime(Release::parse("go1.4"), 1), std::invalid_argument);
  EXPECT_THROW(Runtime(Release::parse("go1.26rc1"), 1), std::invalid_argument);
  EXPECT_THROW(Runtime(Release{19}, 0), std::invalid_argument);
  EXPECT_THROW(Runtime(Release{19}, 65), std::invalid_argument);
}

TEST(Runtime, RefusesAStartThatCannotHaveBeen) {
  const HeapStart below{.region = Address{0x1000000}, .region_size = 512_MiB};
  EXPECT_THROW(Runtime(Release{19}, 1, below), std::invalid_argument);
  const HeapStart odd{.region = heap + 100_B, .region_size = 512_MiB};
  EXPECT_THROW(Runtime(Release{19}, 1, odd), std::invalid_argument);
  const HeapStart other{
      .region = heap, .region_size = 512_MiB, .syncs = {{16_B, ObjectKind::scan, heap + 8192_B}}};
  EXPECT_THROW(Runtime(Release{19}, 1, other), std::invalid_argument);
}

TEST(Runtime, NeighboursOfAClassLieSideBySide) {
  Process p;
  EXPECT_EQ(p.alloc(100_B), heap);
  EXPECT_EQ(p.alloc(112_B), heap + 112_B);
  EXPECT_EQ(p.alloc(100_B, ObjectKind::scan), heap + 8192_B) << "objects with pointers lie apart";
}

TEST(Runtime, ShowsWhereItSearchesWhatItSweptAndWhatItMarked) {
  Process p;
  p.alloc(2_MiB);
  const WhiteBox fresh = p.runtime.white_box();
  ASSERT_TRUE(fresh.search.has_value());
  EXPECT_FALSE(fresh.search->exhausted);
  EXPECT_EQ(fresh.search->address, heap) << "only the next search raises it";
  EXPECT_EQ(fresh.spans_swept, 0u);
  EXPECT_EQ(fresh.heap_marked, 0_B);
  p.alloc(128_KiB);
  EXPECT_EQ(p.runtime.white_box().search->address, heap + 2_MiB);
  p.gc();
  EXPECT_EQ(p.runtime.white_box().spans_swept, 2u);
  EXPECT_EQ(p.runtime.white_box().heap_marked, 2_MiB + 128_KiB);
  p.alloc(3_MiB);
  EXPECT_EQ(p.runtime.white_box().spans_swept, 0u) << "of the last operation only";
}

// MS-2, as a real process said it.
TEST(Runtime, TwentyTinyObjectsAreTwoBlocks) {
  Process p;
  const MemStats before = p.read();
  p.fill(1_B, 20);
  const MemStats since = difference_since(before, p.read());
  EXPECT_EQ(since.mallocs, 20u);
  EXPECT_EQ(since.frees, 18u);
  EXPECT_EQ(since.by_size[2].mallocs, 2u);
  EXPECT_EQ(since.total_alloc, 32u);
}

TEST(Runtime, ZeroBytesCostNothing) {
  Process p;
  EXPECT_EQ(p.alloc(0_B), Address{});
  EXPECT_EQ(p.alloc(0_B, ObjectKind::scan), Address{});
  p.drop(1, 2);
  EXPECT_EQ(p.read().mallocs, 0u);
}

// SP-16: the span in the cache is swept first and serves next, then the others in their order, each
// hole ascending.
TEST(Runtime, AfterACollectionHolesAreFilledInTheOrderOfSpans) {
  Process p;
  std::vector<Address> at;
  for (unsigned i = 0; i < 6; ++i) at.push_back(p.alloc(4096_B)), p.alloc(4096_B);
  for (unsigned i = 0; i < 6; ++i) p.drop(2 * i + 1, 2 * i + 1);
  p.gc();
  EXPECT_EQ(p.alloc(4096_B), at[5]);
  for (unsigned i = 0; i < 5; ++i) EXPECT_EQ(p.alloc(4096_B), at[i]);
}

TEST(Runtime, WhatWasDroppedIsGoneAfterACollection) {
  Process p;
  p.fill(1000_B, 100);
  p.alloc(100000_B);
  p.drop(1, 101);
  EXPECT_EQ(p.read().heap_objects, 101u);
  p.gc();
  const MemStats stats = p.read();
  EXPECT_EQ(stats.heap_objects, 0u);
  EXPECT_EQ(stats.heap_inuse, 0u);
  EXPECT_EQ(stats.num_gc, 1u);
  EXPECT_EQ(stats.num_forced_gc, 1u);
}

TEST(Runtime, ATinyBlockLivesAsLongAsOneOfItsObjects) {
  Process p;
  p.fill(4_B, 4);
  p.drop(1, 3);
  p.gc();
  EXPECT_EQ(p.read().heap_alloc, 16u);
  p.drop(4, 4);
  p.gc();
  EXPECT_EQ(p.read().heap_alloc, 0u);
}

// SIM-12
TEST(Runtime, OutOfMemoryChangesNothing) {
  Process p(2);
  p.fill(5000_B, 700);
  p.drop(1, 350);
  p.apply(Operation::stack_grow(1, 2_KiB));
  const MemStats before = p.runtime.mem_stats();
  const PageMap map = p.runtime.page_map();
  p.apply(Operation::os_fault(OsFault::map));
  const auto refused = p.apply(Operation::alloc(99999, 600_MiB, ObjectKind::scan));
  EXPECT_EQ(refused.answer, Answer::out_of_memory);
  EXPECT_EQ(p.runtime.mem_stats(), before);
  EXPECT_EQ(p.runtime.page_map(), map);
  p.apply(Operation::drop(99999));
  EXPECT_EQ(p.apply(Operation::alloc(99999, 600_MiB, ObjectKind::scan)).answer, Answer::address);
}

TEST(Runtime, RequestsThatNoMachineHasAreRefused) {
  Process p;
  for (const std::uint64_t size :
       {std::uint64_t{1} << 46, std::uint64_t{1} << 63, ~std::uint64_t{0}, ~std::uint64_t{0} - 8191,
        ~std::uint64_t{0} - 8192}) {
    EXPECT_EQ(p.apply(Operation::alloc(1, Bytes{size}, ObjectKind::noscan)).answer,
              Answer::out_of_memory)
        << size;
    p.apply(Operation::drop(1));
  }
  EXPECT_EQ(p.read().heap_sys, 0u);
}

// SIM-11: an order to fail is for the next growth, and one that no machine could do is one, too.
// What overflows dies before it asks for pages.
TEST(Runtime, ARequestBeyondTheMachineUsesUpTheFaultAnOverflowDoesNot) {
  for (const bool overflows : {false, true}) {
    Process p;
    p.apply(Operation::os_fault(OsFault::map));
    const Bytes size{overflows ? ~std::uint64_t{0} : std::uint64_t{1} << 57};
    EXPECT_EQ(p.apply(Operation::alloc(1, size, ObjectKind::scan)).answer, Answer::out_of_memory);
    EXPECT_EQ(p.apply(Operation::alloc(2, 8_B, ObjectKind::scan)).answer,
              overflows ? Answer::out_of_memory : Answer::address);
  }
}

// MS-11, MS-12 and friends, after anything.
TEST(Runtime, LookingIsReadingWithoutTheFlush) {
  Process p;
  p.fill(64_B, 1000);
  p.fill(3_B, 10);
  MemStats look = p.runtime.mem_stats();
  EXPECT_EQ(look, p.runtime.mem_stats());
  // The flush takes a span-set block, nothing else.
  MemStats read = p.read();
  for (MemStats* stats : {&look, &read}) stats->gc_sys = stats->other_sys = stats->sys = 0;
  look.next_gc = read.next_gc;
  EXPECT_EQ(look, read);
}

TEST(Runtime, StacksAreCountedAndGivenBack) {
  Process p;
  p.apply(Operation::stack_grow(1, 2_KiB));
  EXPECT_EQ(p.read().stack_inuse, 32768u);
  p.apply(Operation::stack_grow(1, 64_KiB));
  EXPECT_EQ(p.read().stack_inuse, 65536u) << "the flush emptied the pool";
  p.apply(Operation::stack_free(1));
  EXPECT_EQ(p.read().stack_inuse, 0u);
}

// Whatever the bytes say, no invariant breaks; the build decides how much is looked at.
TEST(Runtime, RandomHistoriesKeepTheInvariants) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint8_t> bytes(trace_slot_bytes * 1500);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    Trace trace = decode_trace(bytes);
    std::erase_if(trace.operations, [](const Operation& o) {
      return o.kind == OperationKind::alloc && o.value > (64_MiB).raw();
    });
    Runtime runtime(Release{19, 8}, trace.procs);
    for (std::size_t i = 0; i < trace.operations.size(); ++i) {
      ASSERT_NO_THROW(static_cast<void>(runtime.apply(trace.operations[i])))
          << "seed " << seed << ", operation " << i;
      if (i % 25 != 0) continue;
      ASSERT_NO_THROW(runtime.check_invariants()) << "seed " << seed << ", operation " << i;
    }
  }
}

}  // namespace
}  // namespace heaplaw::model
