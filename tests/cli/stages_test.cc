#include "cli/check/stages.h"

#include <gtest/gtest.h>

#include "stage_run.h"

namespace heaplaw::cli {
namespace {

TEST(Stages, AStageThatCountedNothingHasFailed) {
  StageResult stage{.name = "planted"};
  EXPECT_FALSE(stage.holds());
  stage.count("files", 0);
  EXPECT_FALSE(stage.holds());
  stage.counts.clear();
  stage.count("files", 1);
  EXPECT_TRUE(stage.holds());
  stage.fail("something");
  EXPECT_FALSE(stage.holds());
}

TEST(Stages, FailuresAreCountedBeyondThoseKept) {
  StageResult stage{.name = "planted"};
  for (int i = 0; i < 100; ++i) stage.fail("again");
  EXPECT_EQ(stage.failure_count, 100u);
  EXPECT_EQ(stage.failures.size(), 10u);
}

TEST(Stages, ElevenOfElevenShippedFilesRegenerate) {
  const StageResult stage = check_editions();
  expect_holds(stage);
  EXPECT_EQ(counted(stage, "shipped versions by SHA-256"), 11u);
  EXPECT_EQ(counted(stage, "development snapshots"), 4u);
}

TEST(Stages, EveryDocumentedRowIsComputed) {
  const StageResult stage = check_documented_tables();
  expect_holds(stage);
  EXPECT_EQ(counted(stage, "documented rows"), 60u + 66 + 66 + 67);
}

TEST(Stages, EveryTableKeepsTheLaws) { expect_holds(check_table_laws()); }

TEST(Stages, ModelAndOraclePlaceEveryRequestAlike) { expect_holds(check_placements()); }

}  // namespace
}  // namespace heaplaw::cli
