#include "oracle/judge.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "toy_heap.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;

// The toy is no Go heap, so that the book of laws is for tests of its own.
JudgeOptions without_laws() {
  JudgeOptions options;
  options.laws = false;
  return options;
}

Trace some_trace(std::uint64_t allocations = 20) {
  Trace trace;
  for (std::uint64_t i = 0; i < allocations; ++i) {
    trace.operations.push_back(Op::alloc(i, Bytes{100 * i + 1}, ObjectKind::noscan));
    if (i % 5 == 4) trace.operations.push_back(Op::drop(i - 1));
  }
  trace.operations.push_back(Op::gc());
  trace.operations.push_back(Op::read_memstats());
  return trace;
}

Verdict judge_toys(ToyHeap::Fault fault, const Trace& trace = some_trace()) {
  ToyHeap good("good");
  ToyHeap bad("bad", std::move(fault));
  Subject* const both[] = {&good, &bad};
  return judge(both, trace, without_laws());
}

ToyHeap::Fault at(std::uint64_t operation, ToyHeap::Fault fault) {
  return [=](ToyHeap& toy, const Op& op, Observation& observation) {
    if (toy.operations == operation + 1) fault(toy, op, observation);
  };
}

TEST(Judge, TwoEqualSubjectsAgreeAndTheCountsSayInWhat) {
  const Verdict verdict = judge_toys({});
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.counts.operations, 26u);
  EXPECT_EQ(verdict.counts.answers, 26u);
  EXPECT_EQ(verdict.counts.addresses, 20u);
  EXPECT_GE(verdict.counts.snapshots, 26u);
  EXPECT_GT(verdict.counts.fields, 26u * 100);
  EXPECT_GE(verdict.counts.page_maps, 26u);
  EXPECT_GE(verdict.counts.invariants, 52u);
}

TEST(Judge, AWrongAddressIsReportedWithWhoSaidWhat) {
  const Verdict verdict =
      judge_toys(at(6, [](ToyHeap&, const Op&, Observation& o) { o.address = o.address + 8_B; }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_FALSE(verdict.holds());
  EXPECT_EQ(verdict.divergence->operation_index, 6u);
  EXPECT_EQ(verdict.divergence->field, "address");
  EXPECT_EQ(verdict.divergence->expected_by, "good");
  EXPECT_EQ(verdict.divergence->actual_by, "bad");
  EXPECT_TRUE(verdict.divergence->actual_map);
  EXPECT_EQ(verdict.counts.operations, 6u) << "nothing was applied after the divergence";
}

TEST(Judge, AWrongAnswerIsNotTakenForAWrongAddress) {
  const Verdict verdict = judge_toys(
      at(3, [](ToyHeap&, const Op&, Observation& o) { o = {.answer = Answer::out_of_memory}; }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->field, "answer");
  EXPECT_EQ(verdict.divergence->actual, "out of memory");
}

TEST(Judge, AWrongFigureIsReportedWithItsFieldAndSource) {
  const Verdict verdict =
      judge_toys(at(9, [](ToyHeap& toy, const Op&, Observation&) { toy.stats.heap_inuse += 8; }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->operation_index, 9u);
  EXPECT_EQ(verdict.divergence->field, "HeapInuse");
  EXPECT_EQ(verdict.divergence->source, "MS-12");
}

TEST(Judge, FieldsBeyondTheStrictnessAreNotCompared) {
  const auto fault = at(9, [](ToyHeap& toy, const Op&, Observation&) { toy.stats.last_gc = 1; });
  EXPECT_TRUE(judge_toys(fault).holds());
}

TEST(Judge, AWrongPageIsReportedWithBothStates) {
  const Verdict verdict = judge_toys(at(
      9, [](ToyHeap& toy, const Op&, Observation&) { toy.state = {PageUse::work_buffer_span}; }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->field, "page 0xc000000000");
  EXPECT_TRUE(verdict.divergence->expected_map);
}

TEST(Judge, AFailedCheckIsADivergence) {
  const Verdict verdict = judge_toys(
      at(4, [](ToyHeap&, const Op&, Observation&) { throw CheckFailure("a bit is set twice"); }));
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->field, "check");
  EXPECT_EQ(verdict.divergence->actual, "a bit is set twice");
  EXPECT_EQ(verdict.divergence->actual_by, "bad");
}

TEST(Judge, WhatHappensBetweenSparseLooksIsSeenAtTheNextOne) {
  Trace trace = some_trace(20'000);
  const Verdict verdict = judge_toys(
      at(15'001, [](ToyHeap& toy, const Op&, Observation&) { toy.stats.frees = 7; }), trace);
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->field, "Frees");
  EXPECT_LT(verdict.divergence->operation_index, 15'001u + CadenceOptions{}.snapshot_period);
}

TEST(Judge, TheEndIsLookedAtEvenBetweenLooks) {
  Trace trace = some_trace(5000);
  trace.operations.pop_back();
  trace.operations.pop_back();
  while (trace.operations.size() % 64 != 2) trace.operations.pop_back();
  const Verdict verdict =
      judge_toys(at(trace.operations.size() - 1,
                    [](ToyHeap& toy, const Op&, Observation&) { toy.stats.frees = 7; }),
                 trace);
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->operation_index, trace.operations.size() - 1);
}

TEST(Judge, ALawBrokenByASubjectAloneIsADivergenceWithTheLawsId) {
  ToyHeap toy;
  Subject* const alone[] = {&toy};
  const Verdict verdict = judge(alone, some_trace());
  ASSERT_TRUE(verdict.divergence);
  EXPECT_EQ(verdict.divergence->operation_index, 0u);
  EXPECT_NE(heap_law_named(verdict.divergence->law), nullptr);
  EXPECT_EQ(verdict.divergence->expected_by, "");
}

TEST(Judge, AReadThatDiffersFromTheStateThatItLeftIsADivergence) {
  static const MemStats other{.num_gc = 99};
  const Verdict verdict = judge_toys([](ToyHeap&, const Op&, Observation& o) {
    if (o.stats) o.stats = &other;
  });
  ASSERT_TRUE(verdict.divergence);
}

TEST(Judge, AHistoryWithoutOperationsProvesNothing) {
  const Verdict verdict = judge_toys({}, Trace{});
  EXPECT_FALSE(verdict.divergence);
  EXPECT_FALSE(verdict.holds());
  EXPECT_EQ(verdict.unproved.front(), "no operation was applied");
}

TEST(Judge, ASubjectAloneNeedsNoComparisons) {
  ToyHeap toy;
  Subject* const alone[] = {&toy};
  EXPECT_TRUE(judge(alone, some_trace(), without_laws()).holds());
  EXPECT_GT(toy.invariant_checks, 0u);
}

TEST(Judge, CountsOfManyVerdictsAddUp) {
  JudgeCounts all;
  all += judge_toys({}).counts;
  all += judge_toys({}).counts;
  EXPECT_EQ(all.operations, 52u);
  EXPECT_EQ(all.addresses, 40u);
}

}  // namespace
}  // namespace heaplaw::oracle
