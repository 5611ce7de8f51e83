#include "oracle/naive/sweeper.h"

#include "driver.h"
#include "oracle/naive/collector.h"

namespace heaplaw::oracle {
namespace {

// Fills the heap with dead large objects until a collection is triggered: 38, the last alive.
void trigger(Driver& d) {
  while (d.runtime.mem_stats().num_gc == 0) {
    d.alloc(100'000);
    if (d.runtime.mem_stats().num_gc == 0) d.drop(d.last);
  }
}

// SW-5: one dead span, swept in proportion, is not enough for 25 pages; then the whole 512-page
// block of the lowest dead ones is swept, and the surplus is credit.
TEST(NaiveSweeper, anAllocationReclaimsAWholeBlock) {
  Driver d;
  trigger(d);
  const std::uint64_t before = d.runtime.mem_stats().frees;
  EXPECT_EQ(d.alloc(200'000), 0U);
  const MemStats stats = d.runtime.mem_stats();
  EXPECT_EQ(stats.frees, before + 37);
  EXPECT_EQ(d.runtime.state().reclaim_credit, 37U * 13 - 25);
}

// SW-5: blocks of arenas in the order in which the heap got these, which is not that of addresses
// where the heap went from a random base to a lower hint.
TEST(NaiveSweeper, olderArenasAreReclaimedFirst) {
  const HeapStart start{.region = Address{0x25567e080000}, .region_size = 4096_KiB, .syncs = {}};
  NaiveRuntime runtime(green_tea, 1, start);
  const auto alloc = [&](std::uint64_t handle, Bytes size) {
    const auto operation = Operation::alloc(handle, size, ObjectKind::noscan);
    return runtime.apply(operation).address.raw() / naive::page_bytes;
  };
  const naive::Page high = alloc(1, 1024_KiB);
  (void)runtime.apply(Operation::os_fault(OsFault::reserve));
  const naive::Page low = alloc(2, Bytes{64 << 20});
  ASSERT_LT(low, high);
  (void)runtime.apply(Operation::drop(1));
  (void)runtime.apply(Operation::drop(2));
  naive::State state = runtime.state();
  naive::collect_as_triggered(state);
  const auto is_free = [&](naive::Page page) { return state.pages.find(page) != nullptr; };
  ASSERT_FALSE(is_free(low) || is_free(high));
  naive::reclaim(state, 1);
  EXPECT_TRUE(is_free(high));
  EXPECT_FALSE(is_free(low));
  naive::reclaim(state, 8192);
  EXPECT_TRUE(is_free(low));
}

// SW-3: classes in order; within one, full spans before partial ones.
TEST(NaiveSweeper, fullSpansAreSweptBeforePartialOnes) {
  naive::State state;
  state.facts = facts_of(tested_release);
  state.cycle = 1;
  state.sweep_done = false;
  state.procs.resize(1);
  const auto add = [&](unsigned span_class, naive::Fullness fullness) {
    const auto id = static_cast<naive::SpanId>(state.spans.size());
    naive::Span span{.kind = naive::SpanKind::objects, .start = id, .pages = 1, .slots = 2};
    span.span_class = span_class;
    span.allocated.set(0);
    span.allocated.set(1);
    span.marked.set(0);
    state.spans.push_back(span);
    naive::SpanSet& set = naive::unswept_set(state, span_class, fullness);
    set.push(id);
    state.off_heap.span_set_blocks += set.blocks();
    return id;
  };
  const auto late = add(4, naive::full);
  const auto second = add(3, naive::partial);
  const auto first = add(3, naive::full);
  const auto is_swept = [&](naive::SpanId id) { return state.spans[id].swept_in == 1; };
  ASSERT_TRUE(naive::sweep_one(state));
  EXPECT_TRUE(is_swept(first) && !is_swept(second) && !is_swept(late));
  ASSERT_TRUE(naive::sweep_one(state));
  EXPECT_TRUE(is_swept(second) && !is_swept(late));
  ASSERT_TRUE(naive::sweep_one(state));
  EXPECT_FALSE(naive::sweep_one(state));
  EXPECT_TRUE(state.sweep_done);
  EXPECT_EQ(state.tally.frees[1] + state.tally.frees[2], 3U);
}

// SP-15: after 101 spans without room a refill gives up and takes a fresh one. Two more are owed
// in proportion to what is allocated (SW-4).
TEST(NaiveSweeper, aRefillLooksAtNoMoreThanABudgetOfSpans) {
  Driver d;
  while (d.runtime.mem_stats().num_gc == 0) d.alloc(8192);
  const std::uint64_t before = d.runtime.state().pages_swept;
  d.alloc(8192);
  const std::uint64_t swept = d.runtime.state().pages_swept - before;
  EXPECT_GE(swept, 101U);
  EXPECT_LE(swept, 103U);
}

}  // namespace
}  // namespace heaplaw::oracle
