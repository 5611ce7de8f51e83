#include "cli/check/check.h"

#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "faulty_lineup.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

// Small enough for a build that pays for every check: a recording of each way in which a heap may
// begin, and all the traces.
std::string small_corpus(const ScratchFolder& folder) {
  namespace fs = std::filesystem;
  for (const std::string release : {"go1.19.8", "go1.26.4"}) {
    const std::string recording = "/recordings/" + release + "/tiny-1.rec";
    fs::create_directories(folder.path("corpus/recordings/" + release));
    fs::create_symlink(HEAPLAW_CORPUS + recording, folder.path("corpus" + recording));
  }
  fs::create_directory_symlink(HEAPLAW_CORPUS "/traces", folder.path("corpus/traces"));
  return folder.path("corpus");
}
CheckOptions quick(const ScratchFolder& folder) {
  return {.seconds = 0,
          .seed = "42",
          .world_length = 2,
          .corpus = small_corpus(folder),
          .keep = folder.path()};
}

TEST(Check, EverythingHoldsAndTheSeedIsPrinted) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  EXPECT_EQ(check(quick(folder), captured.terminal), Exit::holds);
  const std::string out = captured.out.str();
  EXPECT_TRUE(out.starts_with("seed 42\n")) << out;
  EXPECT_NE(out.find("seed 42: everything holds"), std::string::npos) << out;
  EXPECT_EQ(folder.entries(), 1u) << "something beside the corpus";
}

TEST(Check, JsonHasEveryStageAndEveryMark) {
  const ScratchFolder folder;
  CapturedTerminal captured(true);
  EXPECT_EQ(check(quick(folder), captured.terminal), Exit::holds);
  const auto json = nlohmann::json::parse(captured.out.str());
  EXPECT_TRUE(json["holds"].get<bool>());
  EXPECT_EQ(json["seed"], 42);
  EXPECT_GE(json["stages"].size(), 9u);
  for (const auto& [mark, times] : json["stages"].back()["counts"].items())
    EXPECT_GT(times, 0) << mark;
}

TEST(Check, AFaultIsFoundShrunkPrintedAndKept) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  EXPECT_EQ(check(quick(folder), captured.terminal,
                  lineup_with([] { return wrong_address_after_gc(8192); })),
            Exit::violated);
  const std::string out = captured.out.str();
  EXPECT_NE(out.find("kept as " + folder.path()), std::string::npos) << out;
  EXPECT_NE(out.find("something FAILS"), std::string::npos) << out;
  EXPECT_GE(folder.entries(), 2u);
}

// The fault shows in the recording, and the interrupt comes later: both are told.
TEST(Check, AnInterruptLosesNoFailureAlreadyFound) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  CheckOptions options = quick(folder);
  options.seconds = 1e6;
  options.jobs = 1;
  int runs = 0;
  const Lineup faulty = lineup_with([] { return wrong_address_after_gc(16); });
  EXPECT_EQ(
      check(options, captured.terminal,
            [&](const Release& release, unsigned procs, const std::optional<HeapStart>& start) {
              if (++runs == 100) (void)std::raise(SIGINT);
              return faulty(release, procs, start);
            }),
      Exit::violated);
  const std::string out = captured.out.str();
  EXPECT_NE(out.find("seed 42, interrupted: something FAILS"), std::string::npos) << out;
  EXPECT_NE(out.find("tiny-1.rec: operation"), std::string::npos) << out;
}

TEST(Check, AFileThatCannotBeReadIsBadInput) {
  const ScratchFolder folder;
  CapturedTerminal captured;
  CheckOptions options = quick(folder);
  options.files = {"/nonexistent"};
  EXPECT_EQ(check(options, captured.terminal), Exit::bad_input);
  EXPECT_NE(captured.out.str().find("something FAILS"), std::string::npos);
}

TEST(Check, ASeedThatIsNoNumberIsRefused) {
  CapturedTerminal captured;
  EXPECT_THROW((void)check({.seed = "x"}, captured.terminal), std::invalid_argument);
}

}  // namespace
}  // namespace heaplaw::cli
