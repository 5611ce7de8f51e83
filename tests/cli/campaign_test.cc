#include "cli/check/campaign.h"

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

StageResult campaign(double seconds, unsigned jobs, bool interrupted_at_once = false) {
  const std::atomic<bool> interrupted = interrupted_at_once;
  std::atomic<std::uint64_t> tried = 0;
  return run_campaign(
      {.seconds = seconds, .jobs = jobs, .seed = 11, .interrupted = interrupted, .tried = tried});
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
