#include "cli/check/given_files.h"

#include <gtest/gtest.h>

#include "cli/table/verify.h"
#include "faulty_lineup.h"
#include "scratch_folder.h"
#include "stage_run.h"
#include "vocabulary/size_class_edition.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::cli {
namespace {

class GivenFiles : public testing::Test {
 protected:
  std::vector<StageResult> stages_of(const std::vector<std::string>& files) {
    std::vector<StageResult> stages;
    readable_ = check_given_files(run_.options(), files, {},
                                  [&](StageResult stage) { stages.push_back(std::move(stage)); });
    return stages;
  }

  const ScratchFolder folder_;
  StageRun run_;
  bool readable_ = false;
};

TEST_F(GivenFiles, EachIsCheckedAsWhatItIs) {
  const auto bytes = encode_trace(
      {.release = Release{19, 8}, .operations = {Operation::alloc(1, 8_B, ObjectKind::scan)}});
  const auto stages =
      stages_of({folder_.put("a.go", edition_text(size_class_edition(15))),
                 folder_.put("trace", "heaplaw-trace 1\nrelease go1.19.8\nalloc 1 8 noscan\n"),
                 folder_.put("crash", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}),
                 HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec"});
  EXPECT_TRUE(readable_);
  ASSERT_EQ(stages.size(), 4u);
  for (const StageResult& stage : stages) expect_holds(stage);
  EXPECT_EQ(counted(stages[0], "files"), 1u);
}

TEST_F(GivenFiles, AFailingHistoryIsAFailureAndAnUnreadableFileIsNot) {
  run_.lineup = lineup_with([] { return wrong_address_after_gc(48); });
  const auto stages = stages_of(
      {folder_.put("trace", "heaplaw-trace 1\nrelease go1.19.8\ngc\nalloc 1 48 noscan\n")});
  ASSERT_EQ(stages.size(), 1u);
  EXPECT_TRUE(readable_);
  EXPECT_FALSE(stages[0].holds());
}

TEST_F(GivenFiles, WhatCannotBeReadIsSaid) {
  const auto stages = stages_of(
      {folder_.path("none"), folder_.put("broken", "heaplaw-trace 1\nfly 1\n"),
       folder_.put("old", "heaplaw-trace 1\nrelease go1.4\n"), folder_.put("empty.go", "")});
  EXPECT_FALSE(readable_);
  ASSERT_FALSE(stages.empty());
  EXPECT_EQ(stages.back().failure_count, 4u);
}

TEST_F(GivenFiles, NoFilesAreNoStage) {
  EXPECT_TRUE(stages_of({}).empty());
  EXPECT_TRUE(readable_);
}

}  // namespace
}  // namespace heaplaw::cli
