#include "cli/history/shrink.h"

#include <csignal>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "churn_history.h"
#include "cli/history/lockstep.h"
#include "cli/new_file.h"
#include "expect_input_error.h"
#include "faulty_lineup.h"
#include "properties/trace_generator.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

const Lineup faulty = lineup_with([] { return wrong_address_after_gc(48); });

struct Shrunk {
  Exit exit;
  std::string out;
};
Shrunk shrunk(const ShrinkOptions& options, const Lineup& lineup = faulty, bool json = false) {
  CapturedTerminal captured(json);
  const Exit exit = shrink(options, captured.terminal, lineup);
  return {exit, captured.out.str()};
}

class Shrink : public testing::Test {
 protected:
  // A random history that fails somewhere on the way if the fault is there.
  std::string history(std::uint64_t length) const {
    Trace trace = properties::generate(3, {.length = length, .release = Release{19, 8}});
    const std::uint64_t handle = std::uint64_t{1} << 60;
    trace.operations.push_back(Operation::gc());
    trace.operations.push_back(Operation::alloc(handle, 48_B, ObjectKind::noscan));
    return folder_.put("long.trace", print(trace));
  }
  Trace result() const { return parse_trace(folder_.get("out"), "out"); }

  const ScratchFolder folder_;
};

TEST_F(Shrink, TheSmallestHistoryIsWrittenWithWhatItShows) {
  const auto [exit, out] = shrunk({.file = history(2000), .out = folder_.path("out")});
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_EQ(
      result().operations,
      (std::vector<Operation>{Operation::gc(), Operation::alloc(1, 48_B, ObjectKind::noscan)}));
  EXPECT_TRUE(folder_.get("out").starts_with("# 2 operations, shrunk from 2002; operation 1 ("))
      << folder_.get("out");
  EXPECT_NE(out.find("shrunk from 2,002 to 2 operations in "), std::string::npos) << out;
  EXPECT_NE(out.find("nothing smaller was found"), std::string::npos) << out;
}

// bench/shrink_bench.cc does the same with 100,000 operations, and says how long it takes.
TEST_F(Shrink, FiveOperationsAreFoundAmongTenThousand) {
  const std::string file = folder_.put("long.trace", print(churn_history(2, 10'000)));
  const Lineup lineup = lineup_with([] { return wrong_address_after_much(rare_size); });
  const auto [exit, out] =
      shrunk({.file = file, .out = folder_.path("out"), .seconds = 500}, lineup);
  EXPECT_EQ(exit, Exit::holds) << out;
  EXPECT_EQ(result().operations.size(), 5u) << out;
  EXPECT_TRUE(judge_in_lockstep(result(), lineup).divergence);
}

TEST_F(Shrink, AJudgeThatDiesIsShrunkLikeADivergence) {
  const Lineup dying = lineup_with([] {
    return [](const Operation& operation, Observation&) {
      if (operation.kind == OperationKind::alloc && operation.value == 48)
        (void)std::raise(SIGKILL);
    };
  });
  const auto [exit, out] = shrunk({.file = history(300), .out = folder_.path("out")}, dying);
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_EQ(result().operations.size(), 1u) << folder_.get("out");
  EXPECT_NE(out.find("the process dies: signal 9"), std::string::npos) << out;
}

TEST_F(Shrink, AHistoryThatDoesNotFailMakesNoFile) {
  const auto [exit, out] =
      shrunk({.file = history(100), .out = folder_.path("out")}, model_and_oracle);
  EXPECT_EQ(exit, Exit::violated);
  EXPECT_NE(out.find("does not fail in 102 operations"), std::string::npos) << out;
  EXPECT_EQ(folder_.entries(), 1u);
}

TEST_F(Shrink, NothingIsWrittenOverAndNoTimeIsLostOnIt) {
  const std::string out = folder_.put("out", "precious");
  EXPECT_THROW((void)shrunk({.file = "/nonexistent", .out = out}), OutputError);
  EXPECT_EQ(folder_.get("out"), "precious");
  EXPECT_THROW((void)shrunk({.file = history(10), .out = folder_.path("none/out")}), OutputError);
}

// The search is over at once, and what is known by then is kept: where the history fails.
TEST_F(Shrink, NoTimeAtAllStillCutsTheEnd) {
  const auto [exit, out] =
      shrunk({.file = history(100), .out = folder_.path("out"), .seconds = 0}, faulty, true);
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_FALSE(nlohmann::json::parse(out)["finished"].get<bool>());
  EXPECT_TRUE(judge_in_lockstep(result(), faulty).divergence);
}

TEST_F(Shrink, ARecordingCannotBeCut) {
  const std::string file = HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec";
  EXPECT_EQ(input_error_of([&] { return shrunk({.file = file, .out = folder_.path("out")}); }),
            file +
                ": found a recording, expected a trace: nothing can be cut from what a process "
                "did");
}

// An interrupt that comes during the search: from the fault itself, after some runs.
TEST_F(Shrink, AnInterruptKeepsTheBestSoFar) {
  int runs = 0;
  const Lineup interrupting = [&](const Release& release, unsigned procs,
                                  const std::optional<HeapStart>& start) {
    if (++runs == 30) (void)std::raise(SIGINT);
    return faulty(release, procs, start);
  };
  const auto [exit, out] =
      shrunk({.file = history(2000), .out = folder_.path("out")}, interrupting, true);
  EXPECT_EQ(exit, Exit::holds);
  const auto json = nlohmann::json::parse(out);
  EXPECT_TRUE(json["interrupted"].get<bool>());
  EXPECT_FALSE(json["finished"].get<bool>());
  EXPECT_LT(json["operations"], 2002);
  EXPECT_EQ(result().operations.size(), json["operations"]);
  EXPECT_TRUE(judge_in_lockstep(result(), faulty).divergence);
}

}  // namespace
}  // namespace heaplaw::cli
