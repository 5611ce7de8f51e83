#include "cli/terminal.h"

#include <gtest/gtest.h>

#include "captured_terminal.h"

namespace heaplaw::cli {
namespace {

TEST(Terminal, ColoursOnlyWhereSomebodySeesThem) {
  CapturedTerminal plain;
  EXPECT_EQ(plain.terminal.bad("FAILS"), "FAILS");
  plain.terminal.color = true;
  EXPECT_EQ(plain.terminal.bad("FAILS"), "\x1b[31mFAILS\x1b[0m");
  EXPECT_EQ(plain.terminal.good("holds"), "\x1b[32mholds\x1b[0m");
}

TEST(Terminal, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(33457313), "33,457,313");
}

TEST(Terminal, ProgressIsSilentForShortJobsAndWhereNobodyWatches) {
  CapturedTerminal captured;
  captured.terminal.progress = true;
  {
    Progress progress(captured.terminal);
    progress.show("1 of 2");
  }
  EXPECT_EQ(captured.err.str(), "");
}

}  // namespace
}  // namespace heaplaw::cli
