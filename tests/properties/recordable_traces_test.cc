#include "properties/recordable_traces.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

using Op = Operation;
constexpr auto noscan = ObjectKind::noscan;
constexpr auto scan = ObjectKind::scan;
const Release go(19, 8);

Trace trace_of(std::vector<Operation> operations) {
  return {.release = go, .procs = 1, .operations = std::move(operations)};
}

std::uint64_t count(const Trace& trace, OperationKind kind) {
  return static_cast<std::uint64_t>(std::ranges::count(trace.operations, kind, &Operation::kind));
}

TEST(RecordableTraces, OfAllKindsAreValidAndRecordable) {
  for (std::size_t kind = 0; kind < trace_kinds().size(); ++kind) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      const Trace trace = recordable_trace(kind, seed, go);
      EXPECT_EQ(first_breach(trace), std::nullopt) << trace_kinds()[kind].name;
      EXPECT_EQ(objection_to_recording(trace), std::nullopt) << trace_kinds()[kind].name;
      EXPECT_GT(count(trace, OperationKind::alloc), 1000u) << trace_kinds()[kind].name;
      EXPECT_EQ(trace.release, go);
    }
  }
}

TEST(RecordableTraces, TheSeedIsTheHistory) {
  EXPECT_EQ(recordable_trace(1, 7, go), recordable_trace(1, 7, go));
  EXPECT_NE(recordable_trace(1, 7, go), recordable_trace(1, 8, go));
}

TEST(RecordableTraces, CanBeCutOff) {
  for (std::size_t kind = 0; kind < trace_kinds().size(); ++kind) {
    const std::size_t length = recordable_trace(kind, 1, go, 500).operations.size();
    EXPECT_GE(length, 400u) << trace_kinds()[kind].name;
    EXPECT_LE(length, 2000u) << trace_kinds()[kind].name;
  }
}

TEST(RecordableTraces, TogetherHaveEveryOperationThatAProcessCanDo) {
  std::array<std::uint64_t, operation_kind_count> seen{};
  for (std::size_t kind = 0; kind < trace_kinds().size(); ++kind) {
    for (const Operation& operation : recordable_trace(kind, 1, go).operations) {
      ++seen[static_cast<std::size_t>(operation.kind)];
    }
  }
  using enum OperationKind;
  for (const OperationKind kind : {alloc, drop, gc, read_memstats, free_os_memory, gc_percent,
                                   memory_limit, stack_grow, stack_free}) {
    EXPECT_GT(seen[static_cast<std::size_t>(kind)], 10u) << rule_of(kind).name;
  }
}

TEST(RecordableTraces, WhatNoProcessCanDoIsObjectedTo) {
  const std::pair<Operation, std::string_view> refused[] = {
      {Op::advance(1), "no process can be made to do"},
      {Op::os_fault(OsFault::map), "no process can be made to do"},
      {Op::alloc(1, 12_B, scan), "multiple of 8"},
      {Op::alloc(1, 8_MiB, scan), "more than 4 MiB"},
      {Op::alloc(1, 3072_MiB, noscan), "2 GiB without a collection"},
      {Op::gc_percent(100), "begin by themselves"},
      {Op::memory_limit(1 << 30), "begin by themselves"},
      {Op::stack_grow(1, 4_KiB), "begins with more than 2048"},
  };
  for (const auto& [operation, why] : refused) {
    const auto objection = objection_to_recording(trace_of({operation}));
    ASSERT_TRUE(objection) << why;
    EXPECT_NE(objection->find(why), std::string_view::npos) << *objection;
  }
  const Operation begin = Op::stack_grow(1, 2_KiB);
  EXPECT_TRUE(objection_to_recording(trace_of({begin, Op::stack_free(1)})));
  EXPECT_TRUE(objection_to_recording(trace_of({begin, begin})));
  EXPECT_TRUE(objection_to_recording(trace_of({begin, Op::stack_grow(1, 1_MiB)})));
  EXPECT_FALSE(
      objection_to_recording(trace_of({begin, Op::stack_grow(1, 4_KiB), Op::stack_free(1)})));
  Trace two_procs = trace_of({});
  two_procs.procs = 2;
  EXPECT_TRUE(objection_to_recording(two_procs));
}

TEST(RecordableTraces, RepairsKeepWhatTheyCan) {
  const Trace repaired = made_recordable(
      trace_of({Op::alloc(1, 12_B, scan), Op::advance(1), Op::gc_percent(50), Op::drop(1),
                Op::stack_grow(3, 16_KiB), Op::stack_grow(3, 4_KiB), Op::stack_free(3)}));
  EXPECT_EQ(repaired,
            trace_of({Op::alloc(1, 16_B, scan), Op::gc_percent(100'000), Op::drop(1),
                      Op::stack_grow(3, 2_KiB), Op::stack_grow(3, 16_KiB), Op::stack_free(3)}));
  EXPECT_EQ(made_recordable(repaired), repaired);
}

TEST(RecordableTraces, ACollectionComesBeforeGarbageFillsTheMachine) {
  const Trace repaired =
      made_recordable(trace_of({Op::alloc(1, 2048_MiB - 8_B, noscan), Op::alloc(2, 16_B, noscan)}));
  EXPECT_EQ(repaired.operations[1], Op::gc());
  EXPECT_EQ(repaired.operations.size(), 3u);
}

}  // namespace
}  // namespace heaplaw::properties
