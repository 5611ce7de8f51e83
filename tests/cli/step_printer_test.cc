#include "cli/history/step_printer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"

namespace heaplaw::cli {
namespace {

const Trace trace{
    .release = Release{19, 8},
    .operations = {Operation::alloc(1, 100_B, ObjectKind::noscan),
                   Operation::alloc(2, 70'000_B, ObjectKind::scan), Operation::drop(1)}};

std::string steps(bool json) {
  CapturedTerminal captured(json);
  StepPrinter printer(captured.terminal);
  (void)judge_in_lockstep(trace, model_and_oracle, [&](const Step& step) {
    printer.show(step);
    return true;
  });
  return captured.out.str();
}

TEST(StepPrinter, ShowsAnswersChangesAndPages) {
  const std::string text = steps(false);
  const std::string second = text.substr(text.find("operation 1:"));
  EXPECT_EQ(
      second.substr(0, second.find("  0x")),
      "operation 1: alloc 2 70000 scan -> 0xc000002000\n"
      "  Alloc 73840 (+73728), TotalAlloc 73840 (+73728), Mallocs 2 (+1), HeapAlloc 73840 "
      "(+73728),\n"
      "  HeapIdle 4112384 (-73728), HeapInuse 81920 (+73728), HeapReleased 4112384 (-73728),\n"
      "  HeapObjects 2 (+1), GCSys 3441960 (+6168), OtherSys 285288 (-6168)\n");
  EXPECT_NE(second.find("  0x00c000000000  NPpppppppp,,,,"), std::string::npos) << second;
  EXPECT_TRUE(
      text.ends_with("operation 2: drop 1 -> nothing\n"
                     "  counters as before\n"
                     "  pages as before\n"))
      << text;
}

TEST(StepPrinter, JsonIsAnArrayWithoutItsBrackets) {
  const auto json = nlohmann::json::parse("[" + steps(true) + "]");
  ASSERT_EQ(json.size(), 3u);
  EXPECT_EQ(json[0]["answer"], "0xc000000000");
  EXPECT_EQ(json[1]["changed"]["Mallocs"], nlohmann::json({1, 2}));
  EXPECT_EQ(json[1]["pages"][1]["start"], "0xc000002000");
  EXPECT_EQ(json[1]["pages"][1]["pages"], 9);
  EXPECT_FALSE(json[2].contains("pages"));
}

}  // namespace
}  // namespace heaplaw::cli
