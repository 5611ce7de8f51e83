#include "cli/check/check.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"

namespace heaplaw::cli {
namespace {

TEST(Check, EverythingHoldsAndTheSeedIsPrinted) {
  CapturedTerminal captured;
  EXPECT_EQ(check({.seconds = 0, .seed = "42"}, captured.terminal), Exit::holds);
  EXPECT_NE(captured.out.str().find("seed 42: everything holds"), std::string::npos)
      << captured.out.str();
}

TEST(Check, JsonHasEveryStage) {
  CapturedTerminal captured(true);
  EXPECT_EQ(check({.seconds = 0, .seed = "42"}, captured.terminal), Exit::holds);
  const auto json = nlohmann::json::parse(captured.out.str());
  EXPECT_TRUE(json["holds"].get<bool>());
  EXPECT_EQ(json["seed"], 42);
  EXPECT_GE(json["stages"].size(), 5u);
}

TEST(Check, AFileThatCannotBeReadIsBadInput) {
  CapturedTerminal captured;
  EXPECT_EQ(check({.seconds = 0, .files = {"/nonexistent"}}, captured.terminal), Exit::bad_input);
  EXPECT_NE(captured.out.str().find("something FAILS"), std::string::npos);
}

TEST(Check, ASeedThatIsNoNumberIsRefused) {
  CapturedTerminal captured;
  EXPECT_THROW((void)check({.seed = "x"}, captured.terminal), std::invalid_argument);
}

}  // namespace
}  // namespace heaplaw::cli
