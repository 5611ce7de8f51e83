#include "evidence/evidence_block.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

using Kind = LineEvent::Kind;

TEST(EvidenceBlock, TellsKindsApart) {
  EvidenceBlock block;
  block.scan(
      "# HELP go_info x\n# TYPE go_info gauge\ngo_info 1\nhttp_requests_total 5\n# Alloc = 1\n"
      "gc 1 @0.007s 3%: 0.031+0.94+0.013 ms clock, 0.12+0.10/0.84/0.18+0.052 ms cpu, 4->4->4 MB, "
      "5 MB goal, 4 P\r\ngc 2 @\n\nAlloc 5");
  ASSERT_EQ(block.events().size(), 6);
  EXPECT_EQ(block.events()[0].kind, Kind::sample);
  EXPECT_EQ(block.events()[0].line, 2);
  EXPECT_EQ(block.sample(block.events()[0]).metric->name, "go_info");
  EXPECT_EQ(block.other(block.events()[1]), "# Alloc = 1");
  EXPECT_EQ(block.events()[2].kind, Kind::gc);
  EXPECT_EQ(block.gc(block.events()[2]).number, 1);
  EXPECT_EQ(block.other(block.events()[3]), "gc 2 @");
  EXPECT_EQ(block.other(block.events()[4]), "");
  EXPECT_EQ(block.other(block.events()[5]), "Alloc 5");
  EXPECT_EQ(block.lines(), 9);
  EXPECT_EQ(block.other_metrics(), 3);
  EXPECT_FALSE(block.last_line_ended());
}

TEST(EvidenceBlock, CanBeUsedAgain) {
  EvidenceBlock block;
  block.scan("a\nb\n");
  block.scan("");
  EXPECT_TRUE(block.events().empty());
  EXPECT_EQ(block.lines(), 0);
  EXPECT_TRUE(block.last_line_ended());
}

}  // namespace
}  // namespace heaplaw::evidence
