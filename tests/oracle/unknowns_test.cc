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

constexpr std::uint64_t uncounted = ScannedBytes::marked_uncounted;

TEST(ScannedBytes, OneNumberExplainsAllGoalsOfARecording) {
  ScannedBytes scanned;
  for (const std::uint64_t marked : {11'184'304U, 12'345'678U, 9'999'991U}) {
    scanned.observe(goal(marked + uncounted, 233'472, 100'000), marked, 100'000, true);
  }
  EXPECT_EQ(scanned.candidates(), 2u) << "the scavenger slept always, or never";
  EXPECT_EQ(scanned.most(), 233'464u);
  scanned.observe(goal(500 + uncounted, 233'464, 333'333), 500, 333'333, false);
  EXPECT_EQ(scanned.candidates(), 2u);
  // Now it was deeper by what its sleep takes: it did not sleep before.
  scanned.observe(goal(500 + uncounted, 233'472 + 64, 333'333), 500, 333'333, true);
  EXPECT_EQ(scanned.candidates(), 1u);
  EXPECT_EQ(scanned.least(), 233'464u);
}

TEST(ScannedBytes, AGoalThatNeedsAnotherLeavesNone) {
  ScannedBytes scanned;
  scanned.observe(goal(11'184'304 + uncounted, 233'472, 100'000), 11'184'304, 100'000, true);
  scanned.observe(goal(11'184'304 + uncounted, 233'480, 100'000), 11'184'304, 100'000, true);
  EXPECT_EQ(scanned.candidates(), 0u);
  EXPECT_EQ(scanned.least(), 0u);
}

TEST(ScannedBytes, AGoalThatNoNumberOfBytesGivesLeavesNone) {
  ScannedBytes scanned;
  scanned.observe(goal(11'184'304 + uncounted + 1, 233'472, 100'000), 11'184'304, 100'000, true);
  EXPECT_EQ(scanned.candidates(), 0u);
}

}  // namespace
}  // namespace heaplaw::oracle
