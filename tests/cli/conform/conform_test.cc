#include "cli/conform/conform.h"

#include <filesystem>
#include <stdexcept>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "cli/conform/trial.h"
#include "corpus_recording.h"
#include "fake_go.h"
#include "oracle/golang/go_error.h"
#include "real_go.h"

namespace heaplaw::cli {
namespace {

FakeGo go_that_agrees() { return FakeGo("go1.19.8", {print(corpus_recording("go1.19.8/tiny-1"))}); }

TEST(Conform, PrintsATableAndItsSeed) {
  const FakeGo fake = go_that_agrees();
  CapturedTerminal captured;
  EXPECT_EQ(conform({.go = fake.goroot(), .traces = 2, .seed = "42"}, captured.terminal),
            Exit::holds);
  const std::string out = captured.out.str();
  EXPECT_NE(out.find("go1.19.8 ("), std::string::npos) << out;
  EXPECT_NE(out.find("2,746"), std::string::npos) << out;
  EXPECT_NE(out.find("bounded fields, largest difference: "), std::string::npos) << out;
  EXPECT_NE(out.find("seed 42"), std::string::npos) << out;
  EXPECT_NE(out.find("model and oracle do what it did"), std::string::npos) << out;
}

TEST(Conform, SaysInJsonWhatItSaysInText) {
  const FakeGo fake = go_that_agrees();
  CapturedTerminal captured(true);
  EXPECT_EQ(conform({.go = fake.goroot(), .traces = 2, .seed = "42"}, captured.terminal),
            Exit::holds);
  const auto json = nlohmann::json::parse(captured.out.str());
  EXPECT_TRUE(json["holds"].get<bool>());
  EXPECT_EQ(json["release"], "go1.19.8");
  EXPECT_EQ(json["all"]["addresses"], 2746);
  EXPECT_EQ(json["kinds"]["tiny"]["traces"], 1);
  EXPECT_GT(json["all"]["fields"]["exact"], 1000);
}

TEST(Conform, AWrongPartyIsShown) {
  const FakeGo fake("go1.19.8",
                    {print(with_wrong_address(corpus_recording("go1.19.8/tiny-1"), 3))});
  CapturedTerminal captured;
  EXPECT_EQ(conform({.go = fake.goroot(), .traces = 5, .seed = "1"}, captured.terminal),
            Exit::violated);
  const std::string out = captured.out.str();
  EXPECT_NE(out.find("parts from the real Go in 3 of 3 recordings"), std::string::npos) << out;
  EXPECT_NE(out.find("shrunk against the real process"), std::string::npos) << out;
  EXPECT_NE(out.find("heaplaw-trace 1"), std::string::npos) << out;
  EXPECT_NE(out.find("somebody is wrong"), std::string::npos) << out;
}

TEST(Conform, ADisturbedRunIsShownAsThat) {
  const Recording truth = corpus_recording("go1.19.8/tiny-1");
  const FakeGo fake("go1.19.8", {print(with_wrong_address(truth, 3)), print(truth)});
  CapturedTerminal captured;
  EXPECT_EQ(conform({.go = fake.goroot(), .traces = 1, .seed = "1"}, captured.terminal),
            Exit::holds);
  EXPECT_NE(captured.out.str().find("disturbed, 2 of 3 recordings agree"), std::string::npos)
      << captured.out.str();
}

TEST(Conform, NothingComparedIsNoVerdict) {
  const FakeGo fake = go_that_agrees();
  CapturedTerminal captured;
  EXPECT_EQ(conform({.go = fake.goroot(), .seed = "1", .seconds = 0}, captured.terminal),
            Exit::bad_input);
}

TEST(Conform, AReleaseWithoutAModelIsRefusedBeforeAnythingIsBuilt) {
  const FakeGo fake = FakeGo::of("go1.13.15", "touch \"$0.built\"");
  CapturedTerminal captured;
  EXPECT_THROW((void)conform({.go = fake.goroot()}, captured.terminal), oracle::GoError);
  EXPECT_FALSE(std::filesystem::exists(fake.command() + ".built"));
}

TEST(Conform, ASeedThatIsNoNumberIsRefused) {
  CapturedTerminal captured;
  EXPECT_THROW((void)conform({.go = "go", .seed = "x"}, captured.terminal), std::invalid_argument);
}

// A few seconds of the real thing, with every Go of this machine whose heap has a model.
TEST(Conform, ALiveSampleHolds) {
  std::size_t sampled = 0;
  for (const oracle::Toolchain& toolchain : real_gos()) {
    try {
      for (const Party party : {Party::model, Party::naive})
        expect_to_know(party, toolchain.release);
    } catch (const std::invalid_argument&) {
      continue;
    }
    ++sampled;
    CapturedTerminal captured;
    EXPECT_EQ(
        conform({.go = toolchain.go, .traces = 12, .seed = "1", .seconds = 4}, captured.terminal),
        Exit::holds)
        << captured.out.str();
    EXPECT_NE(captured.out.str().find(toolchain.release.name()), std::string::npos);
  }
  if (sampled == 0)
    GTEST_SKIP() << "no Go is installed here whose heap has a model; the corpus has recordings";
}

}  // namespace
}  // namespace heaplaw::cli
