#include "model/heap/span_source.h"

#include <gtest/gtest.h>

#include "heap_fixture.h"
#include "model/heap/state_invariants.h"
#include "reached.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t heap = 0xc000000000;

TEST(SpanSource, GrowsByWholeChunksAndCountsThemAsReleased) {
  HeapFixture f;
  const SpanId id = SpanSource(f.state).allocate_objects(1, 100);
  EXPECT_EQ(f.state.spans[id].base, heap);
  EXPECT_EQ(f.state.ledger.in_use, 100 * 8192u);
  EXPECT_EQ(f.state.ledger.released, (4u << 20) - 100 * 8192);
  EXPECT_EQ(f.state.ledger.free, 0u);
}

// PA-22: pages below 16 come through the P's cache, and what it holds is invisible to others.
TEST(SpanSource, SmallSpansComeFromThePageCache) {
  HeapFixture f;
  SpanSource source(f.state);
  // The first one finds nothing to fill a cache from, and comes from the growth itself.
  static_cast<void>(source.allocate_manual(SpanUse::stack, 4));
  EXPECT_TRUE(f.state.proc().pages.empty());
  const SpanId second = source.allocate_manual(SpanUse::stack, 4);
  EXPECT_EQ(f.state.spans[second].base, heap + 4 * 8192);
  EXPECT_EQ(f.state.proc().pages.free_pages(), 56_pages);
  const SpanId large = source.allocate_manual(SpanUse::stack, 16);
  EXPECT_EQ(f.state.spans[large].base, heap + 64 * 8192);
  recount_state(f.state);
}

// PA-27
TEST(SpanSource, FreedPagesGoToTheHeapAndNeverBackToTheCache) {
  HeapFixture f;
  SpanSource source(f.state);
  static_cast<void>(source.allocate_manual(SpanUse::stack, 4));
  source.free(source.allocate_manual(SpanUse::work_buffer, 4));
  EXPECT_EQ(f.state.proc().pages.free_pages(), 56_pages);
  EXPECT_EQ(f.state.ledger.free, 4 * 8192u);
  EXPECT_EQ(f.state.spans[source.allocate_manual(SpanUse::stack, 1)].base, heap + 8 * 8192);
  recount_state(f.state);
}

TEST(SpanSource, AFailingGrowthIsOrderedForOneTime) {
  HeapFixture f;
  f.state.growth_fails_next = true;
  EXPECT_THROW(SpanSource(f.state).allocate_manual(SpanUse::stack, 4), OutOfMemory);
  EXPECT_NO_THROW(SpanSource(f.state).allocate_manual(SpanUse::stack, 4));
}

// Somebody sits right behind the first arena.
class CrowdedKernel final : public PlainKernel {
 public:
  std::optional<Address> reserve(std::optional<Address> hint, Bytes size) override {
    if (hint == Address{heap + (64 << 20)}) return std::nullopt;
    return PlainKernel::reserve(hint, size);
  }
};

TEST(SpanSource, WhatIsLeftOfAnArenaStaysOfUseWhenTheHeapMoves) {
  reset_reach();
  const SpanClasses classes(facts_of(Release::parse("go1.19.8")));
  CrowdedKernel kernel;
  HeapState state(classes, 1, kernel);
  SpanSource source(state);
  static_cast<void>(source.allocate_manual(SpanUse::stack, 512));
  const SpanId moved = source.allocate_manual(SpanUse::stack, 8192);
  EXPECT_EQ(state.spans[moved].base, heap + (std::uint64_t{1} << 40));
  EXPECT_EQ(reached("spans: growth abandons the rest of an arena"), 1u);
  const SpanId small = source.allocate_manual(SpanUse::stack, 512);
  EXPECT_EQ(state.spans[small].base, heap + (4 << 20));
}

TEST(SpanSource, TheMachineEndsAtTwoTerabytes) {
  HeapFixture f;
  EXPECT_THROW(SpanSource(f.state).allocate_objects(1, (machine_bytes >> page_shift) + 1),
               OutOfMemory);
}

// SC-25: a span beyond the limit makes as much go back as it brings.
TEST(SpanSource, ALimitMakesFreeMemoryGoBack) {
  HeapFixture f;
  SpanSource source(f.state);
  const SpanId big = source.allocate_manual(SpanUse::stack, 512);
  static_cast<void>(source.allocate_manual(SpanUse::stack, 16));
  source.free(big);
  ASSERT_EQ(f.state.ledger.free, 512 * 8192u);
  f.state.pacer.set_memory_limit(f.state.mapped_ready());
  static_cast<void>(source.allocate_manual(SpanUse::stack, 1024));
  EXPECT_EQ(f.state.ledger.free, 0u);
  recount_state(f.state);
}

TEST(SpanSource, ReleasesAllButWhatCachesHold) {
  HeapFixture f;
  SpanSource source(f.state);
  const SpanId id = source.allocate_objects(1, 600);
  source.free(id);
  static_cast<void>(source.allocate_manual(SpanUse::stack, 1));  // caches 64 backed pages
  source.release_all();
  EXPECT_EQ(f.state.ledger.free, 63 * 8192u);
  recount_state(f.state);
}

}  // namespace
}  // namespace heaplaw::model
