#include "model/heap/object_caches.h"

#include <gtest/gtest.h>

#include "reached.h"
#include "runtime_fixture.h"

namespace heaplaw::model {
namespace {

// After a triggered collection spans wait to be swept by those who need them. What allocations owe
// to the sweep goes to the smaller class first.
void leave_spans_unswept(Process& p, unsigned drop_every) {
  p.apply(Operation::gc_percent(400));
  p.fill(64_B, 20000);
  const std::uint64_t had_before = p.handles;
  while (p.runtime.state().collections.cycles == 0) p.alloc(4096_B);
  p.gc();
  const std::uint64_t had = p.handles;
  for (std::uint64_t h = had_before + 1; drop_every > 0 && h <= had; h += drop_every) p.drop(h, h);
  const std::uint64_t cycles = p.runtime.state().collections.cycles;
  while (p.runtime.state().collections.cycles == cycles) p.alloc(32768_B);
}

TEST(ObjectCaches, RefillFromAFullSetThatWasNotSweptYet) {
  reset_reach();
  Process p;
  leave_spans_unswept(p, 2);
  p.fill(4096_B, 3);
  EXPECT_GT(reached("refill: from an unswept full set"), 0u);
}

TEST(ObjectCaches, GiveUpAfterSweeping101Spans) {
  reset_reach();
  Process p;
  leave_spans_unswept(p, 0);
  const MemStats before = p.runtime.mem_stats();
  p.fill(4096_B, 3);
  EXPECT_GT(reached("refill: sweep budget exhausted"), 0u);
  EXPECT_GT(p.runtime.mem_stats().heap_inuse, before.heap_inuse);
}

// SP-18: the span that served goes behind all others.
TEST(ObjectCaches, AFlushMovesTheSpanToTheEndOfItsList) {
  Process p;
  const Address first = p.alloc(2048_B);
  p.fill(2048_B, 3);
  const Address second = p.alloc(2048_B);
  p.drop(2, 2);
  p.gc();
  static_cast<void>(p.read());
  EXPECT_EQ(p.alloc(2048_B), second + 2048_B) << "swept by the flush of the collection, so first";
  static_cast<void>(p.read());
  EXPECT_EQ(p.alloc(2048_B), first + 2048_B);
}

TEST(ObjectCaches, EveryPHasItsOwnSpans) {
  Process p(2);
  const Address a = p.alloc(64_B);
  p.apply(Operation::proc(1));
  const Address b = p.alloc(64_B);
  EXPECT_EQ(b, a + 8192_B);
  p.apply(Operation::proc(0));
  EXPECT_EQ(p.alloc(64_B), a + 64_B);
  EXPECT_EQ(p.alloc(128_B), a + 512_KiB) << "the rest of the first block is P 1's";
}

}  // namespace
}  // namespace heaplaw::model
