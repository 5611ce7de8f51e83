#include "cli/conform/report.h"

#include <gtest/gtest.h>

#include "captured_terminal.h"
#include "properties/recordable_traces.h"

namespace heaplaw::cli {
namespace {

using oracle::Held;

ConformResult result_of(std::uint64_t addresses) {
  ConformResult result;
  result.by_kind.resize(properties::trace_kinds().size());
  result.by_kind[2].add(oracle::RecordingVerdict{
      .operations = 12'000,
      .addresses = addresses,
      .fields = {{"HeapReleased", Held::bounded, 4, 8192}, {"Sys", Held::bounded, 4, 0}}});
  return result;
}

const ConformHeading heading = {.go = "/go/bin/go", .release = Release(19, 8), .seed = 3};

TEST(ConformReport, NamesTheKindWithTheLargestSlack) {
  CapturedTerminal captured;
  print_report(heading, result_of(7'000), captured.terminal);
  const std::string out = captured.out.str();
  EXPECT_NE(out.find("HeapReleased 8,192 (edges)\n"), std::string::npos) << out;
  EXPECT_EQ(out.find("Sys 0"), std::string::npos) << out;
  EXPECT_NE(out.find("12,000      7,000"), std::string::npos) << out;
}

TEST(ConformReport, OfNothingIsNoSuccess) {
  CapturedTerminal captured;
  print_report(heading, result_of(0), captured.terminal);
  EXPECT_NE(captured.out.str().find("nothing was compared"), std::string::npos);
  EXPECT_FALSE(to_json(heading, result_of(0))["holds"].get<bool>());
}

TEST(ConformReport, CountsRunsThatWereThrownAway) {
  ConformResult result = result_of(1);
  result.disturbed_runs = 4;
  CapturedTerminal captured;
  print_report(heading, result, captured.terminal);
  EXPECT_NE(captured.out.str().find("4 runs were thrown away"), std::string::npos);
  EXPECT_EQ(to_json(heading, result)["disturbed_runs"], 4);
}

}  // namespace
}  // namespace heaplaw::cli
