#include "cli/check/histories.h"

#include <atomic>

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

TEST(Histories, ModelAndOracleAgreeUnderAllLaws) {
  const std::atomic<bool> interrupted = false;
  std::atomic<std::uint64_t> tried = 0;
  const StageResult result = run_histories(
      {.seconds = 2, .jobs = 2, .seed = 20, .interrupted = interrupted, .tried = tried});
  EXPECT_TRUE(result.holds());
  for (const std::string& failure : result.failures) ADD_FAILURE() << failure;
  for (const auto& [what, times] : result.counts) EXPECT_GT(times, 0u) << what;
}

TEST(Histories, AHistoryOfEverythingIsCompared) {
  Trace trace{.release = modelled_release};
  trace.operations = {Operation::alloc(1, 100_B, ObjectKind::noscan),
                      Operation::alloc(2, 70'000_B, ObjectKind::scan),
                      Operation::drop(1),
                      Operation::gc(),
                      Operation::read_memstats(),
                      Operation::free_os_memory()};
  const oracle::Verdict verdict = judge_in_lockstep(trace);
  EXPECT_FALSE(verdict.divergence);
  EXPECT_EQ(verdict.counts.operations, 6u);
  EXPECT_EQ(verdict.counts.addresses, 2u);
  EXPECT_GE(verdict.counts.page_maps, 6u);
}

}  // namespace
}  // namespace heaplaw::cli
