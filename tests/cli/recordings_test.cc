#include "cli/check/recordings.h"

#include <gtest/gtest.h>

#include "cli/check/corpus.h"
#include "cli/history/history_input.h"
#include "expect_input_error.h"
#include "faulty_lineup.h"
#include "scratch_folder.h"
#include "stage_run.h"

namespace heaplaw::cli {
namespace {

TEST(RecordingsStage, AllThatTheCorpusHasOfModelledReleasesHold) {
  std::size_t releases = 0;
  for (const auto& [release, files] : recordings_in(HEAPLAW_CORPUS)) {
    if (!is_modelled(release)) continue;
    ++releases;
    StageRun run{.jobs = 2};
    const StageResult stage = run_recordings(run.options(), release.name(), files);
    expect_holds(stage);
    EXPECT_GE(files.size(), 10u);
    EXPECT_EQ(counted(stage, "recordings"), files.size());
    EXPECT_EQ(counted(stage, "addresses by model"), counted(stage, "addresses by naive"));
    EXPECT_GT(counted(stage, "addresses by model"), 10'000u);
    EXPECT_GT(counted(stage, "fields exact"), 10'000u);
  }
  EXPECT_GE(releases, modelled_releases().size());
}

TEST(RecordingsStage, AFaultOfTheModelIsFound) {
  StageRun run{.lineup = lineup_with([] { return wrong_address_after_gc(16); })};
  const StageResult stage =
      run_recordings(run.options(), "tiny", {HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec"});
  EXPECT_FALSE(stage.holds());
  EXPECT_EQ(stage.failure_count, 2u);  // in lockstep, and against the process
}

TEST(RecordingsStage, AStartThatNoHeapCanHaveIsAFailureOfThatFile) {
  HistoryInput input(HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec");
  Recording recording = input.recording();
  recording.syncs.front().address = recording.syncs.front().address + 8_KiB;
  const ScratchFolder folder;
  StageRun run;
  const StageResult stage =
      run_recordings(run.options(), "moved", {folder.put("moved.rec", print(recording))});
  EXPECT_EQ(stage.failure_count, 1u);
}

TEST(RecordingsStage, AReleaseWithoutAModelIsRefused) {
  HistoryInput input(HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec");
  Recording recording = input.recording();
  recording.trace.release = Release{4};
  const ScratchFolder folder;
  const std::string file = folder.put("old.rec", print(recording));
  StageRun run;
  EXPECT_TRUE(input_error_of([&] {
                return run_recordings(run.options(), "old", {file});
              }).starts_with(file + ": found a history of go1.4, expected"));
}

}  // namespace
}  // namespace heaplaw::cli
