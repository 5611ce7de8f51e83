#include "cli/check/check_report.h"

#include <gtest/gtest.h>

#include "captured_terminal.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

const Trace trace{.release = Release{19, 8}, .operations = {Operation::gc()}};

StageResult failing() {
  StageResult stage{.name = "planted"};
  stage.count("histories", 7);
  stage.fail("something");
  stage.counterexamples.push_back({"something", trace});
  return stage;
}

TEST(CheckReport, AStageIsALine) {
  CapturedTerminal captured;
  CheckReport report(captured.terminal, ".");
  StageResult stage{.name = "planted"};
  stage.count("histories", 7000);
  report.add(stage);
  EXPECT_EQ(captured.out.str(), "planted                                holds  7,000 histories\n");
  EXPECT_TRUE(report.holds());
}

TEST(CheckReport, ACounterexampleIsPrintedAndKept) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  CheckReport report(captured.terminal, folder.path());
  report.add(failing());
  EXPECT_FALSE(report.holds());
  const auto kept = report.stages()[0]["counterexamples"][0];
  EXPECT_EQ(kept["trace"], print(trace));
  const std::string file = kept["file"];
  const std::string text = folder.get(std::filesystem::path(file).filename().string());
  EXPECT_EQ(text, "# something\n" + print(trace));
  EXPECT_NE(captured.out.str().find("kept as " + file), std::string::npos) << captured.out.str();
  EXPECT_NE(captured.out.str().find("        gc\n"), std::string::npos) << captured.out.str();
}

TEST(CheckReport, TheSameOneIsKeptOnce) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  CheckReport report(captured.terminal, folder.path());
  report.add(failing());
  report.add(failing());
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(CheckReport, AFolderThatIsNotThereLosesNothing) {
  CapturedTerminal captured;
  CheckReport report(captured.terminal, "/nonexistent");
  report.add(failing());
  EXPECT_NE(captured.err.str().find("/nonexistent"), std::string::npos);
  EXPECT_NE(captured.out.str().find("        gc\n"), std::string::npos);
  EXPECT_EQ(report.stages()[0]["counterexamples"][0]["file"], "");
}

TEST(CheckReport, MarksHaveARowEach) {
  CapturedTerminal captured;
  CheckReport report(captured.terminal, ".");
  StageResult stage{.name = "marked states reached"};
  stage.count("one", 1000);
  stage.count("two", 0);
  report.add_reach(stage);
  EXPECT_FALSE(report.holds());
  EXPECT_NE(captured.out.str().find("FAILS  1 of 2\n"), std::string::npos) << captured.out.str();
  EXPECT_NE(captured.out.str().find("1,000\n"), std::string::npos);
}

}  // namespace
}  // namespace heaplaw::cli
