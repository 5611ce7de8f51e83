// A heap that had to go on elsewhere (SIM-11): holes of a TiB in its address space.
#include <algorithm>

#include <gtest/gtest.h>

#include "model/heap/span_source.h"
#include "model/heap/state_invariants.h"
#include "model/runtime.h"
#include "runtime_fixture.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {
namespace {

constexpr Address heap{0xc000000000};
constexpr Address higher{0x1c000000000};
constexpr Bytes tebibyte{std::uint64_t{1} << 40};

std::uint64_t reached(std::string_view mark) {
  const auto points = reach_points();
  const auto found = std::ranges::find(points, mark, &ReachPoint::name);
  EXPECT_NE(found, points.end()) << mark;
  return found == points.end() ? 0 : (*found)->times();
}

void obstruct(Process& p) { p.apply(Operation::os_fault(OsFault::reserve)); }
void refuse_map(Process& p) { p.apply(Operation::os_fault(OsFault::map)); }

TEST(FarGrowth, GoesOnATebibyteHigherAndHandsOutTheRestFirst) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  EXPECT_EQ(p.alloc(20_MiB), heap);
  obstruct(p);
  EXPECT_EQ(p.alloc(60_MiB), higher);
  const PageMap map = p.runtime.page_map();
  EXPECT_EQ(map.at(heap + 64_MiB - 8_KiB).use, PageUse::free_scavenged);
  EXPECT_EQ(map.at(heap + 64_MiB).use, PageUse::unmapped);
  EXPECT_EQ(p.read().heap_sys, (64_MiB + 60_MiB).raw());
  EXPECT_EQ(p.alloc(40_MiB), heap + 20_MiB) << "lower addresses first";
  EXPECT_EQ(p.alloc(40_MiB), higher + 60_MiB) << "the order is used up";
  p.runtime.check_invariants();
}

TEST(FarGrowth, AnOrderWaitsWhileGrowthFitsAndTwoAreOne) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  obstruct(p);
  obstruct(p);
  EXPECT_EQ(p.alloc(4_MiB), higher) << "the first arena of all";
  obstruct(p);
  for (unsigned i = 1; i < 16; ++i) EXPECT_EQ(p.alloc(4_MiB), higher + 4_MiB * i);
  EXPECT_EQ(p.alloc(4_MiB), higher + tebibyte);
  EXPECT_EQ(p.alloc(64_MiB), higher + tebibyte + 4_MiB);
}

TEST(FarGrowth, AnOperationThatIsTakenBackLeavesTheOrder) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  p.alloc(20_MiB);
  obstruct(p);
  refuse_map(p);
  const MemStats before = p.runtime.mem_stats();
  EXPECT_EQ(p.apply(Operation::alloc(100, 60_MiB, ObjectKind::scan)).answer, Answer::out_of_memory);
  EXPECT_EQ(p.runtime.mem_stats(), before);
  EXPECT_EQ(p.alloc(60_MiB), higher);
}

// The object is there, a TiB higher; the collection that it triggers has no memory left for its
// work buffer. The object goes again, and the order stands again.
TEST(FarGrowth, SoDoesOneThatHasUsedItUp) {
  Runtime runtime(Release{19, 8}, 1);
  const auto apply = [&](const Operation& operation) { return runtime.apply(operation); };
  static_cast<void>(apply(Operation::os_fault(OsFault::reserve)));
  const MemStats before = runtime.mem_stats();
  EXPECT_EQ(apply(Operation::alloc(1, Bytes{machine_bytes}, ObjectKind::scan)).answer,
            Answer::out_of_memory);
  EXPECT_EQ(runtime.mem_stats(), before);
  EXPECT_EQ(apply(Operation::alloc(2, 8_KiB, ObjectKind::scan)).address, higher);
  runtime.check_invariants();
}

// The rest of an arena that is handed out on the way is not held against the machine's 2 TiB.
TEST(FarGrowth, OnlyItsOwnPagesMustFitIntoTheMachine) {
  Runtime runtime(Release{19, 8}, 1);
  unsigned handle = 0;
  const auto alloc = [&](Bytes size) {
    return runtime.apply(Operation::alloc(++handle, size, ObjectKind::scan));
  };
  static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
  static_cast<void>(alloc(4_MiB));
  static_cast<void>(runtime.apply(Operation::os_fault(OsFault::reserve)));
  EXPECT_EQ(alloc(Bytes{machine_bytes}).answer, Answer::out_of_memory);
  EXPECT_EQ(alloc(Bytes{machine_bytes} - 4_MiB).address, higher);
  EXPECT_EQ(runtime.mem_stats().heap_sys, machine_bytes + (60_MiB).raw());
  EXPECT_EQ(alloc(60_MiB).address, heap + 4_MiB);
  EXPECT_EQ(alloc(8_KiB).answer, Answer::out_of_memory);
}

TEST(FarGrowth, EndsWithTheHints) {
  Process p;
  p.apply(Operation::gc_percent(value_off));
  for (std::uint64_t i = 1; i < 128; ++i) {
    obstruct(p);
    ASSERT_EQ(p.alloc(64_MiB), heap + tebibyte * i);
  }
  p.alloc(4_MiB);
  obstruct(p);
  const MemStats before = p.runtime.mem_stats();
  for (std::uint64_t handle : {1000u, 1001u}) {
    EXPECT_EQ(p.apply(Operation::alloc(handle, 64_MiB, ObjectKind::scan)).answer,
              Answer::out_of_memory);
  }
  EXPECT_EQ(p.runtime.mem_stats(), before);
  EXPECT_EQ(p.alloc(56_MiB), heap + tebibyte * 127 + 68_MiB) << "what is reserved is not lost";
  EXPECT_EQ(p.read().gc_sys - before.gc_sys, 0u);
}

// The last hint lies a quarter of a TiB below 2^47.
TEST(FarGrowth, NoHintReachesBeyondUserSpace) {
  Runtime runtime(Release{19, 8}, 1);
  static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
  for (std::uint64_t i = 1; i < 128; ++i) {
    static_cast<void>(runtime.apply(Operation::os_fault(OsFault::reserve)));
    const Operation alloc = Operation::alloc(i, 64_MiB, ObjectKind::noscan);
    ASSERT_EQ(runtime.apply(alloc).address, heap + tebibyte * i);
  }
  const Bytes left = user_space_end - (heap + tebibyte * 127 + 64_MiB);
  const auto answer = [&](std::uint64_t handle, Bytes size) {
    return runtime.apply(Operation::alloc(handle, size, ObjectKind::noscan)).answer;
  };
  EXPECT_EQ(answer(1000, left + 8_KiB), Answer::out_of_memory);
  EXPECT_EQ(answer(1001, left), Answer::address);
  EXPECT_EQ(answer(1002, 8_KiB), Answer::out_of_memory);
}

// Small objects, stacks, collections and releases go on as before with holes between them.
TEST(FarGrowth, AHeapWithHolesLivesOn) {
  Process p(2);
  for (unsigned round = 0; round < 6; ++round) {
    p.alloc(50_MiB);
    obstruct(p);
    p.fill(5000_B, 300);
    p.apply(Operation::stack_grow(round, 64_KiB));
    p.drop(p.handles - 200, p.handles);
    if (round % 2 == 0) p.gc();
    if (round == 3) p.apply(Operation::free_os_memory());
    p.apply(Operation::proc(round % 2));
  }
  EXPECT_GT(p.runtime.state().pages.mapped().ranges().size(), 3u);
  p.drop(1, 3);
  p.gc();
  p.apply(Operation::memory_limit(1 << 20));
  p.fill(20000_B, 300);
  p.apply(Operation::free_os_memory());
  recount_state(p.runtime.state());
}

// What the model keeps of pages: 1/8192 of what they simulate, whatever lies between.
TEST(FarGrowth, HolesCostNoMemory) {
  for (const char* release : {"go1.19.8", "go1.26.8"}) {
    Bytes metadata[2];
    for (const bool far : {false, true}) {
      Runtime runtime(Release::parse(release), 1);
      static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
      for (std::uint64_t i = 1; i < 60; ++i) {
        if (far) static_cast<void>(runtime.apply(Operation::os_fault(OsFault::reserve)));
        const Operation alloc = Operation::alloc(i, 1024_MiB * 16, ObjectKind::noscan);
        ASSERT_EQ(runtime.apply(alloc).answer, Answer::address);
        static_cast<void>(runtime.apply(Operation::drop(i)));
      }
      static_cast<void>(runtime.apply(Operation::free_os_memory()));
      const HeapState& state = runtime.state();
      metadata[far] = state.pages.metadata() + state.spans.metadata();
      EXPECT_LE(metadata[far], state.pages.mapped().total() / 8192) << release;
      EXPECT_EQ(state.pages.mapped().ranges().size(), far ? 59u : 1u);
    }
    // What a hole of a TiB costs in the lists that lead to regions.
    EXPECT_LT(metadata[1], metadata[0] + 3_KiB * 59) << release;
  }
}

// Hints begin where entries of every level do. A base drawn at random does not: an entry of 256 MiB
// begins below it, and a search that passes by its first free page knows no more than the entry.
TEST(FarGrowth, ASearchAddressIsMovedOutOfUnmappedSpace) {
  constexpr std::string_view mark = "pages: search address moved out of unmapped space";
  const Address base{0x4b0c000000};
  ASSERT_NE(base.raw() % (256_MiB).raw(), 0u);
  Runtime runtime(Release{26, 8}, 1, HeapStart{.region = base, .region_size = 512_MiB});
  const std::uint64_t before = reached(mark);
  unsigned handle = 0;
  const auto alloc = [&](Bytes size) {
    const Observation got = runtime.apply(Operation::alloc(++handle, size, ObjectKind::noscan));
    runtime.check_invariants();
    return got.address;
  };
  EXPECT_EQ(alloc(1_MiB), base);
  EXPECT_EQ(alloc(400_MiB), base + 1_MiB);
  EXPECT_GT(reached(mark), before);
  EXPECT_EQ(runtime.white_box().search->address, base);
  EXPECT_EQ(alloc(100_MiB), base + 401_MiB);
}

}  // namespace
}  // namespace heaplaw::model
