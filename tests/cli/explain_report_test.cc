#include "cli/explain/explain_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "captured_terminal.h"

namespace heaplaw::cli {
namespace {

using evidence::Bounds;
using testing::HasSubstr;

Explained explained() {
  Explained e{.file = "dump"};
  e.moment = {.number = 3, .form = "JSON", .process = "job=\"a\"", .line = 5};
  evidence::Figures& f = e.observation.figures;
  f.heap_alloc = Bounds::exactly(1 << 20);
  f.heap_inuse = Bounds::exactly(3 << 20);
  f.heap_idle = Bounds::exactly(std::uint64_t{5} << 30U);
  f.heap_released = Bounds::exactly(0);
  f.releases = {13, 13};
  e.ledger = ledger_of(e.observation);
  e.findings = findings_of(e.observation, e.ledger);
  return e;
}

TEST(ExplainReport, FiguresStandBelowEachOther) {
  CapturedTerminal captured;
  report(explained(), captured.terminal);
  const std::string text = captured.out.str();
  EXPECT_THAT(text, HasSubstr("dump:5: JSON of job=\"a\", snapshot 3, Go 1.13\n"));
  EXPECT_THAT(text,
              HasSubstr("      spans in use                                        3.00 MiB"));
  EXPECT_THAT(text, HasSubstr("5,368,709,120  HeapIdle - HeapReleased"));
  EXPECT_THAT(text, HasSubstr("spike-kept: a spike is over"));
  EXPECT_THAT(text, HasSubstr("\n  refuted by: "));
}

TEST(ExplainReport, ScriptsGetEveryBound) {
  const auto json = to_json(explained());
  EXPECT_EQ(json["snapshot"], 3);
  EXPECT_TRUE(json["rss"].is_null());
  EXPECT_TRUE(json["consistent"]);
  bool seen = false;
  for (const auto& line : json["ledger"]) {
    if (line["id"] != "live") continue;
    seen = true;
    EXPECT_EQ(line["lower"], 0);
    EXPECT_EQ(line["upper"], 1 << 20);
    EXPECT_EQ(line["depth"], 4);
    EXPECT_EQ(line["goes_away_by"][0], "dropping references");
  }
  EXPECT_TRUE(seen);
  EXPECT_EQ(json["findings"][0]["id"], "spike-kept");
}

TEST(ExplainReport, BoundsAreReadable) {
  EXPECT_EQ(human(Bounds::exactly(1024)), "1.00 KiB");
  EXPECT_EQ(human({0, 2048}), "0 B to 2.00 KiB");
  EXPECT_EQ(human({3, Bounds::unbounded}), "at least 3 B");
}

}  // namespace
}  // namespace heaplaw::cli
