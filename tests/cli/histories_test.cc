#include "cli/check/histories.h"

#include <algorithm>
#include <atomic>

#include <gtest/gtest.h>

#include "model/runtime.h"

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

TEST(Histories, AreOfReleasesThatBothKnow) {
  const std::vector<Release> releases = judged_releases();
  ASSERT_FALSE(releases.empty());
  EXPECT_EQ(releases.front(), (Release{19, 7}));
  EXPECT_EQ(releases.back(), newest_release);
  EXPECT_TRUE(std::ranges::is_sorted(releases));
}

TEST(Histories, AHistoryOfEverythingIsCompared) {
  Trace trace{.release = judged_releases().back()};
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

// The kernel has no memory for the last collection's work buffer: nothing is collected, and laws on
// collections do not apply.
TEST(Histories, ACollectionWithoutMemoryBreaksNoLaw) {
  const Trace trace = parse_trace(
      "heaplaw-trace 1\n"
      "release go1.19.8\n"
      "gc-percent off\n"
      "alloc 1 4161536 noscan\n"
      "stack-grow 1 32768\n"
      "os-fault map\n"
      "gc\n",
      "test");
  model::Runtime model(trace.release, trace.procs);
  Observation last;
  for (const Operation& operation : trace.operations) last = model.apply(operation);
  EXPECT_EQ(last.answer, Answer::out_of_memory);
  EXPECT_FALSE(judge_in_lockstep(trace).divergence);
}

}  // namespace
}  // namespace heaplaw::cli
