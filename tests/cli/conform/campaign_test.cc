#include "cli/conform/campaign.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "cli/new_file.h"
#include "corpus_recording.h"
#include "fake_go.h"
#include "oracle/golang/go_error.h"
#include "properties/recordable_traces.h"

namespace heaplaw::cli {
namespace {

namespace fs = std::filesystem;
const Release go(19, 8);

class ConformCampaign : public testing::Test {
 protected:
  ConformResult run(const std::vector<Recording>& answers, ConformOrder order) {
    std::vector<std::string> texts;
    for (const Recording& answer : answers) texts.push_back(print(answer));
    const FakeGo fake("go1.19.8", texts);
    const oracle::Recorder recorder(oracle::toolchain_at(fake.goroot()));
    order.keep = order.keep.empty() ? "" : (folder_.path() / order.keep).string();
    return run_conform(recorder, go, order, interrupted_, progress_);
  }

  const Recording truth_ = corpus_recording("go1.19.8/tiny-1");
  oracle::ScratchFolder folder_;
  std::atomic<bool> interrupted_ = false;
  ConformProgress progress_;
};

TEST_F(ConformCampaign, CountsWhatAgrees) {
  const ConformResult result = run({truth_}, {.traces = 13, .jobs = 2});
  EXPECT_TRUE(result.holds());
  EXPECT_EQ(result.sum().traces, 13u);
  EXPECT_EQ(result.by_kind[0].traces, 2u) << "the kinds take turns";
  EXPECT_EQ(result.sum().addresses, 13u * 1373);
  EXPECT_EQ(progress_.addresses, 13u * 1373);
}

TEST_F(ConformCampaign, KeepsRecordingsAndWritesOverNone) {
  fs::create_directory(folder_.path() / "kept");
  EXPECT_TRUE(run({truth_}, {.traces = 2, .seed = 5, .keep = "kept"}).holds());
  EXPECT_TRUE(fs::exists(folder_.path() / "kept/tiny-5.rec"));
  EXPECT_TRUE(fs::exists(folder_.path() / "kept/small-6.rec"));
  EXPECT_THROW((void)run({truth_}, {.traces = 1, .seed = 5, .keep = "kept"}), OutputError);
}

TEST_F(ConformCampaign, AWrongPartyEndsItAndIsShrunk) {
  const ConformResult result =
      run({with_wrong_address(truth_, 3)}, {.traces = 50, .seed = 9, .jobs = 2});
  EXPECT_FALSE(result.holds());
  ASSERT_EQ(result.wrong.size(), 1u);
  EXPECT_LT(result.sum().traces, 50u);
  EXPECT_EQ(result.wrong[0].trial.partings.size(), 3u);
  ASSERT_TRUE(result.wrong[0].shrunk);
  // This Go answers the same whatever it is asked, so that nothing needs to stay.
  EXPECT_LE(result.wrong[0].shrunk->operations.size(), 4u);
  EXPECT_NE(result.wrong[0].shrunk_summary.find("address"), std::string::npos);
}

TEST_F(ConformCampaign, ADisturbedTraceIsReportedAndCounted) {
  const ConformResult result = run({with_wrong_address(truth_, 3), truth_}, {.traces = 2});
  EXPECT_TRUE(result.holds());
  ASSERT_EQ(result.disturbed.size(), 1u);
  EXPECT_EQ(result.disturbed[0].trial.partings.size(), 1u);
  EXPECT_EQ(result.sum().traces, 2u);
}

TEST_F(ConformCampaign, AfterItsTimeNoneIsBegun) {
  const ConformResult result = run({truth_}, {.traces = 50, .seconds = 0});
  EXPECT_FALSE(result.holds()) << "nothing was compared";
}

TEST_F(ConformCampaign, AnInterruptLeavesWhatWasDone) {
  interrupted_ = true;
  const ConformResult result = run({truth_}, {.traces = 50});
  EXPECT_EQ(result.sum().traces, 0u);
  EXPECT_TRUE(result.wrong.empty());
}

TEST_F(ConformCampaign, AGoThatCannotRecordIsAnError) {
  const FakeGo fake = FakeGo::building("go1.19.8", "kill -9 $$");
  const oracle::Recorder recorder(oracle::toolchain_at(fake.goroot()));
  EXPECT_THROW((void)run_conform(recorder, go, {.jobs = 2}, interrupted_, progress_),
               oracle::GoError);
}

}  // namespace
}  // namespace heaplaw::cli
