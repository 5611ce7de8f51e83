#include "cli/check/histories.h"

#include <algorithm>
#include <atomic>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "model/runtime.h"
#include "properties/trace_generator.h"
#include "vocabulary/divergence.h"

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

// Only where the heap outgrows what is reserved does an order send it elsewhere: counted, since
// nothing else says whether histories get there.
TEST(Histories, ManyLeaveHolesInTheHeap) {
  constexpr unsigned histories = 200;
  unsigned with_holes = 0;
  for (std::uint64_t seed = 0; seed < histories; ++seed) {
    const Trace trace = properties::generate(seed, {.length = 1000, .release = Release{19, 8}});
    model::Runtime model(trace.release, trace.procs);
    for (const Operation& operation : trace.operations) static_cast<void>(model.apply(operation));
    with_holes += model.state().pages.mapped().ranges().size() > 1;
  }
  EXPECT_GT(with_holes, histories / 20);
}

// Beyond the room for 16 ranges, and to the last hint, with collections and a limit on the way.
TEST(Histories, AHeapInEveryPlaceThatThereIs) {
  for (const Release& release : judged_releases()) {
    Trace trace{.release = release};
    trace.operations = {Operation::gc_percent(value_off)};
    for (std::uint64_t i = 1; i <= 132; ++i) {
      trace.operations.push_back(Operation::os_fault(OsFault::reserve));
      trace.operations.push_back(Operation::alloc(i, 40_MiB + 4_MiB * (i % 9), ObjectKind::scan));
      if (i % 16 == 2) trace.operations.push_back(Operation::drop(i - 1));
      if (i % 32 == 5) trace.operations.push_back(Operation::gc());
      if (i == 40) trace.operations.push_back(Operation::memory_limit((1024_MiB * 3).raw()));
    }
    trace.operations.push_back(Operation::free_os_memory());
    EXPECT_EQ(first_breach(trace), std::nullopt);
    const auto divergence = judge_in_lockstep(trace).divergence;
    EXPECT_FALSE(divergence) << fmt::format("{}: ", release) << summary(*divergence);
  }
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
