#include "cli/check/campaign.h"

#include <gtest/gtest.h>

#include "stage_run.h"

namespace heaplaw::cli {
namespace {

StageResult campaign(double seconds, unsigned jobs, bool interrupted_at_once = false) {
  StageRun run{.seconds = seconds, .jobs = jobs, .seed = 11, .interrupted = interrupted_at_once};
  return run_campaign(run.options());
}

TEST(Campaign, HoldsAndCountsWhatItDid) {
  const StageResult result = campaign(0.5, 2);
  EXPECT_TRUE(result.holds());
  for (const std::string& failure : result.failures) ADD_FAILURE() << failure;
  for (const auto& [what, times] : result.counts) EXPECT_GE(times, 2u) << what;
}

TEST(Campaign, NoTimeAtAllStillChecksSomething) { EXPECT_TRUE(campaign(0, 1).holds()); }

TEST(Campaign, AnInterruptEndsItWithAResult) { EXPECT_TRUE(campaign(1e6, 1, true).holds()); }

}  // namespace
}  // namespace heaplaw::cli
