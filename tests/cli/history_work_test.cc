#include "cli/check/history_work.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "faulty_lineup.h"
#include "stage_run.h"

namespace heaplaw::cli {
namespace {

const Trace trace{
    .release = Release{19, 8},
    .operations = {Operation::alloc(1, 8_B, ObjectKind::scan), Operation::gc(),
                   Operation::read_memstats(), Operation::alloc(2, 48_B, ObjectKind::noscan)}};

TEST(HistoryWork, WhatThreadsFoundIsPutTogether) {
  StageRun run{.jobs = 3};
  const StageResult stage = judge_in_parallel("all", "histories", run.options(),
                                              [](HistoryWork& worker, unsigned number) {
                                                for (unsigned i = 0; i <= number; ++i) {
                                                  worker.judge(trace, "it");
                                                }
                                              });
  expect_holds(stage);
  EXPECT_EQ(stage.counts.front(), (std::pair<std::string, std::uint64_t>{"histories", 6}));
  EXPECT_EQ(counted(stage, "operations"), 24u);
  EXPECT_EQ(run.tried, 6u);
}

TEST(HistoryWork, AFailureIsShrunkAndNamed) {
  StageRun run{.jobs = 2, .lineup = lineup_with([] { return wrong_address_after_gc(48); })};
  const StageResult stage = judge_in_parallel(
      "all", "histories", run.options(), [](HistoryWork& worker, unsigned number) {
        worker.judge(trace, fmt::format("number {}", number));
        EXPECT_TRUE(worker.failed());
        EXPECT_TRUE(worker.stopped());
      });
  EXPECT_EQ(stage.failure_count, 2u);
  EXPECT_TRUE(stage.failures[1].starts_with("number 1: operation 1 (alloc 1 48 noscan): address"))
      << stage.failures[1];
  ASSERT_EQ(stage.counterexamples.size(), 2u);
  EXPECT_EQ(stage.counterexamples[0].trace.operations.size(), 2u);
}

// Whoever judges may break as well: what is known by then is not lost.
TEST(HistoryWork, AJudgeThatGivesUpIsAFailure) {
  StageRun run{.lineup = [](const Release&, unsigned, const auto&) -> Subjects {
    throw std::runtime_error("planted");
  }};
  const StageResult stage =
      judge_in_parallel("all", "histories", run.options(),
                        [](HistoryWork& worker, unsigned) { worker.judge(trace, "it"); });
  ASSERT_EQ(stage.failures.size(), 1u);
  EXPECT_EQ(stage.failures[0], "it: the judge gave up: planted");
  EXPECT_EQ(stage.counterexamples[0].trace, trace);
}

TEST(HistoryWork, AnInterruptCutsItShort) {
  StageRun run{.interrupted = true};
  const StageResult stage =
      judge_in_parallel("all", "histories", run.options(),
                        [](HistoryWork& worker, unsigned) { EXPECT_TRUE(worker.stopped()); });
  EXPECT_TRUE(stage.cut_short);
  EXPECT_TRUE(stage.holds());
}

}  // namespace
}  // namespace heaplaw::cli
