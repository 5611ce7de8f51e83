#include "oracle/recording/span_records.h"

#include <gtest/gtest.h>

#include "oracle/naive/runtime.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;
constexpr auto noscan = ObjectKind::noscan;

// A process, and how many records it holds if its cache of them was empty: 64 at a time come, more
// than 128 free ones go.
struct World {
  NaiveRuntime process{Release(19, 8), 1};
  SpanRecords records{1};

  void perform(const Op& operation) {
    records.before(operation, process);
    (void)process.apply(operation);
    records.after(operation, process);
  }
};

TEST(SpanRecords, CountsSpansThatComeAndGoWithinOneInterval) {
  World world;
  world.perform(Op::read_memstats());
  for (std::uint64_t name = 1; name <= 64; ++name) {
    world.perform(Op::alloc(name, 40'000_B, noscan));
    world.perform(Op::drop(name));
  }
  world.perform(Op::gc());  // its work buffer is the 65th span
  EXPECT_TRUE(world.records.explain(64));
  // A cache that held none has got 128, one that held one has got 64; nobody else has got either.
  EXPECT_EQ(world.records.fills_possible(), 64u);
  EXPECT_FALSE(world.records.explain(128));
}

TEST(SpanRecords, StacksHaveRecordsToo) {
  World world;
  world.perform(Op::read_memstats());
  world.perform(Op::stack_grow(1, 64_KiB));
  world.perform(Op::stack_free(1));
  EXPECT_TRUE(world.records.explain(64));
  EXPECT_EQ(world.records.fills_possible(), 1u) << "only an empty cache was filled";
}

TEST(SpanRecords, WhatNoFillExplainsIsNotExplained) {
  World world;
  world.perform(Op::read_memstats());
  world.perform(Op::alloc(1, 40'000_B, noscan));
  EXPECT_FALSE(world.records.explain(3));
}

}  // namespace
}  // namespace heaplaw::oracle
