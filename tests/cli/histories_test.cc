#include "cli/check/histories.h"

#include <array>

#include <gtest/gtest.h>

#include "cli/check/corpus.h"
#include "expect_input_error.h"
#include "faulty_lineup.h"
#include "model/runtime.h"
#include "properties/small_worlds.h"
#include "properties/trace_generator.h"
#include "scratch_folder.h"
#include "stage_run.h"

namespace heaplaw::cli {
namespace {

const Release release{19, 8};
const std::array one = {release};

TEST(Histories, ModelAndOracleAgreeOnRandomOnesUnderAllLaws) {
  StageRun run{.seconds = 2, .jobs = 2, .seed = 20};
  expect_holds(run_random_histories(run.options(), modelled_releases()));
}

TEST(Histories, ASeedMeansTheSameHistories) {
  StageRun run{.seed = 5};
  EXPECT_EQ(run_random_histories(run.options(), one).counts,
            run_random_histories(run.options(), one).counts);
}

TEST(Histories, AllSmallOnesAreJudgedByHoweverManyThreads) {
  const auto expected =
      properties::count_histories(properties::standard_alphabet(release), 3).histories;
  for (const unsigned jobs : {1u, 3u}) {
    StageRun run{.jobs = jobs};
    const StageResult stage = run_small_worlds(run.options(), release, 3);
    expect_holds(stage);
    EXPECT_EQ(counted(stage, "histories"), expected);
    EXPECT_EQ(run.tried, expected);
  }
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

TEST(Histories, APlantedFaultIsFoundAndShrunk) {
  StageRun run{.seconds = 60, .lineup = lineup_with([] { return wrong_address_after_gc(8192); })};
  for (const StageResult& stage :
       {run_small_worlds(run.options(), release, 3), run_random_histories(run.options(), one)}) {
    EXPECT_FALSE(stage.holds());
    ASSERT_FALSE(stage.counterexamples.empty());
    EXPECT_EQ(stage.counterexamples.front().trace.operations.size(), 2u)
        << print(stage.counterexamples.front().trace);
    EXPECT_EQ(stage.counterexamples.front().what, stage.failures.front());
  }
}

TEST(Histories, AnInterruptEndsThemWithoutAFailure) {
  StageRun run{.seconds = 1e6, .interrupted = true};
  for (const StageResult& stage :
       {run_random_histories(run.options(), one), run_small_worlds(run.options(), release, 9)}) {
    EXPECT_TRUE(stage.cut_short);
    EXPECT_TRUE(stage.holds());
    EXPECT_LE(counted(stage, "histories"), 1u);
  }
}

// Everything that the corpus keeps holds, in every release that has a model.
TEST(Histories, OfTheCorpusHold) {
  StageRun run;
  const auto traces = files_in(HEAPLAW_CORPUS "/traces", ".trace");
  const StageResult stage =
      run_kept_histories(run.options(), "traces", traces, modelled_releases());
  expect_holds(stage);
  EXPECT_EQ(counted(stage, "histories"), traces.size() * modelled_releases().size());
  const auto regressions = files_in(HEAPLAW_CORPUS "/regressions/histories", ".trace");
  if (!regressions.empty()) {
    expect_holds(run_kept_histories(run.options(), "regressions", regressions));
  }
}

TEST(Histories, AFileOfAnotherReleaseIsRefusedUnlessItIsReplayedAsOneThatIsModelled) {
  const ScratchFolder folder;
  const std::string file = folder.put("old", "heaplaw-trace 1\nrelease go1.4\ngc\n");
  StageRun run;
  EXPECT_NE(input_error_of([&] {
              return run_kept_histories(run.options(), "old", {file});
            }).find("found a history of go1.4, expected"),
            std::string::npos);
  expect_holds(run_kept_histories(run.options(), "old", {file}, modelled_releases()), false);
}

// Also those of the corpus that have several Ps, which no recording has.
TEST(Histories, OfTheCorpusHoldAtARandomBase) {
  StageRun run{.jobs = 2};
  const auto traces = files_in(HEAPLAW_CORPUS "/traces", ".trace");
  const auto bases = random_bases_in(HEAPLAW_CORPUS);
  const StageResult stage = run_begun_histories(run.options(), "begun", traces, bases);
  expect_holds(stage);
  EXPECT_EQ(counted(stage, "histories"), traces.size() * bases.size());
}

TEST(Histories, AFaultInABegunHistoryNamesItAndItsBeginning) {
  const ScratchFolder folder;
  const std::string trace =
      folder.put("short.trace", "heaplaw-trace 1\ngc\nalloc 1 8192 noscan\nalloc 2 8 scan\n");
  const auto bases = random_bases_in(HEAPLAW_CORPUS);
  StageRun run{.lineup = lineup_with([] { return wrong_address_after_gc(8192); })};
  const StageResult stage = run_begun_histories(run.options(), "begun", {trace}, bases);
  ASSERT_EQ(stage.failure_count, bases.size());
  EXPECT_TRUE(stage.failures.front().starts_with(
      fmt::format("{} begun as {}: operation 1 (alloc 1 8192 noscan): address", trace, bases[0])))
      << stage.failures.front();
}

}  // namespace
}  // namespace heaplaw::cli
