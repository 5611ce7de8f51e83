#include "oracle/shrink_steps.h"

#include <gtest/gtest.h>

#include "vocabulary/trace_rules.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;

TEST(ShrinkSteps, RenumberingGivesEveryAllocationItsOwnName) {
  Trace trace{.operations = {Op::alloc(9, 8_B, ObjectKind::noscan), Op::drop(9),
                             Op::alloc(9, 16_B, ObjectKind::scan), Op::stack_grow(70, 2_KiB),
                             Op::drop(9), Op::stack_free(70)}};
  const Trace named = renumbered(trace);
  EXPECT_EQ(named.operations[1], Op::drop(1));
  EXPECT_EQ(named.operations[2].handle, 2u);
  EXPECT_EQ(named.operations[4], Op::drop(2));
  EXPECT_EQ(named.operations[5], Op::stack_free(1));
}

TEST(ShrinkSteps, MergedAllocationsKeepTheirPages) {
  Trace trace;
  for (std::uint64_t i = 1; i <= 10; ++i) {
    trace.operations.push_back(Op::alloc(i, 8_KiB, ObjectKind::noscan));
  }
  trace.operations.push_back(Op::drop(3));
  trace.operations.push_back(Op::drop(1));
  const Trace merged = with_merged_allocs(trace, 0, 10);
  ASSERT_EQ(merged.operations.size(), 2u);
  EXPECT_EQ(merged.operations[0].value, 80u * 1024);
  EXPECT_EQ(merged.operations[1], Op::drop(1));
}

TEST(ShrinkSteps, SimplerOperationsAreWellFormedAndBelow) {
  for (const Op& op : {Op::alloc(1, 100'000_B, ObjectKind::scan), Op::gc_percent(value_off),
                       Op::memory_limit(value_off), Op::advance(7'000'000'000'000),
                       Op::stack_grow(1, 1_MiB), Op::proc(3), Op::os_fault(OsFault::map)}) {
    for (const Op& candidate : simpler(op)) {
      EXPECT_TRUE(is_well_formed(candidate, 4));
      EXPECT_TRUE(candidate.value < op.value || candidate.object != op.object);
    }
  }
}

TEST(ShrinkSteps, PsAreNumberedInTheOrderOfTheirUse) {
  const Trace trace{.procs = 64, .operations = {Op::proc(40), Op::gc(), Op::proc(0), Op::proc(7)}};
  const Trace fewer = with_fewest_procs(trace);
  EXPECT_EQ(fewer.procs, 3u);
  EXPECT_EQ(fewer.operations, (std::vector{Op::proc(1), Op::gc(), Op::proc(0), Op::proc(2)}));
}

// What is left must be a history: an object that is no longer allocated cannot be dropped.
TEST(ShrinkSteps, ACutTakesAlongWhatNeededIt) {
  const Trace trace{.operations = {Op::alloc(1, 8_B, ObjectKind::noscan), Op::gc(),
                                   Op::alloc(2, 8_B, ObjectKind::noscan), Op::drop(1),
                                   Op::drop(2)}};
  EXPECT_EQ(without_range(trace, 0, 1).operations,
            (std::vector{Op::gc(), Op::alloc(2, 8_B, ObjectKind::noscan), Op::drop(2)}));
  EXPECT_EQ(without_kind(trace, OperationKind::alloc).operations, std::vector{Op::gc()});
  EXPECT_EQ(without_drops(trace, 0, 4).operations.back(), Op::drop(2));
  EXPECT_EQ(without_drops(trace, 0, 4).operations.size(), 4u);
}

TEST(ShrinkSteps, ComplexityGrowsWithEveryValueAndNeverWraps) {
  const auto of = [](std::vector<Op> operations, unsigned procs = 1) {
    return complexity({.procs = procs, .operations = std::move(operations)});
  };
  const Op small = Op::alloc(1, 8_B, ObjectKind::noscan);
  EXPECT_LT(of({small}), of({Op::alloc(1, 9_B, ObjectKind::noscan)}));
  EXPECT_LT(of({small}), of({Op::alloc(1, 8_B, ObjectKind::scan)}));
  EXPECT_LT(of({small}), of({small}, 2));
  const Op huge = Op::alloc(1, Bytes{~std::uint64_t{0}}, ObjectKind::noscan);
  EXPECT_LT(of({small}), of({huge, huge, huge, huge, huge, huge}));
}

}  // namespace
}  // namespace heaplaw::oracle
