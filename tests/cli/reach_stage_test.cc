#include "cli/check/reach_stage.h"

#include <gtest/gtest.h>

#include "cli/check/corpus.h"
#include "cli/check/histories.h"
#include "stage_run.h"
#include "vocabulary/reach.h"

namespace heaplaw::cli {
namespace {

void go_apart() { HEAPLAW_REACH_APART("reach stage test: apart"); }

TEST(ReachStage, AMarkThatWasNeverReachedFails) {
  reset_reach();
  const StageResult stage = check_reach();
  EXPECT_FALSE(stage.holds());
  EXPECT_EQ(stage.failure_count, stage.counts.size());
  EXPECT_TRUE(stage.failures.front().starts_with("never reached: ")) << stage.failures.front();
  EXPECT_GE(stage.counts.size(), 30u);
}

// No luck of a seed is needed for a table without zeros.
TEST(ReachStage, TheCorpusReachesEveryMarkOfHistories) {
  reset_reach();
  StageRun run;
  const auto traces = files_in(HEAPLAW_CORPUS "/traces", ".trace");
  (void)run_kept_histories(run.options(), "traces", traces, modelled_releases());
  (void)run_begun_histories(run.options(), "begun", traces, random_bases_in(HEAPLAW_CORPUS));
  expect_holds(check_reach());
}

TEST(ReachStage, WhatNoHistoryReachesIsNotAskedFor) {
  go_apart();
  EXPECT_EQ(counted(check_reach(), "reach stage test: apart"), 0u);
  for (const auto& [mark, times] : check_reach().counts) EXPECT_NE(mark, "reach stage test: apart");
}

}  // namespace
}  // namespace heaplaw::cli
