#include "oracle/recording/unknowns.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(SpanRecordFill, AFreshSpanTellsWhetherTheCacheWasEmpty) {
  SpanRecordFill refilled;
  refilled.span_allocated();
  refilled.observe(64);
  EXPECT_EQ(refilled.candidates(), 1u);
  SpanRecordFill cached;
  cached.span_allocated();
  cached.observe(0);
  EXPECT_EQ(cached.candidates(), 128u);
}

TEST(SpanRecordFill, AFullCacheGivesRecordsBack) {
  SpanRecordFill fill;
  fill.span_freed();
  fill.observe(-1);
  EXPECT_EQ(fill.candidates(), 1u);
}

TEST(SpanRecordFill, NoFillExplainsAnImpossibleGrowth) {
  SpanRecordFill fill;
  for (int i = 0; i < 10; ++i) fill.span_allocated();
  fill.observe(63);
  EXPECT_EQ(fill.candidates(), 0u);
}

std::uint64_t goal(std::uint64_t marked, std::uint64_t scanned, std::uint64_t percent) {
  return marked + (marked + scanned) * percent / 100;
}

TEST(GoalUnknowns, TwoConstantsExplainAllGoalsOfARecording) {
  GoalUnknowns unknowns;
  for (const std::uint64_t marked : {11'184'304U, 12'345'678U, 9'999'991U}) {
    unknowns.observe(goal(marked + 288, 233'536, 100'000), marked, 100'000);
  }
  EXPECT_EQ(unknowns.candidates(), 4u) << "288, 1288, 2288, 3288";
  EXPECT_GE(unknowns.scanned_max(), unknowns.scanned_min());
}

TEST(GoalUnknowns, AGoalThatNeedsOtherConstantsLeavesNone) {
  GoalUnknowns unknowns;
  unknowns.observe(goal(11'184'304 + 288, 233'536, 100'000), 11'184'304, 100'000);
  unknowns.observe(goal(11'184'304 + 289, 233'536, 100'000), 11'184'304, 100'000);
  EXPECT_EQ(unknowns.candidates(), 0u);
  GoalUnknowns stacks;
  stacks.observe(goal(11'184'304, 233'536, 100'000), 11'184'304, 100'000);
  stacks.observe(goal(11'184'304, 233'536 + 4096, 100'000), 11'184'304, 100'000);
  EXPECT_EQ(stacks.candidates(), 0u);
}

}  // namespace
}  // namespace heaplaw::oracle
