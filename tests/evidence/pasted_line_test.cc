#include "evidence/pasted_line.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

std::string mended(std::string_view line) {
  std::string out = "what was there before";
  mend_line(line, out);
  return out;
}

TEST(PastedLine, TakesAwayWhatPagesAndEditorsAdd) {
  EXPECT_EQ(mended("93-&gt;93-&gt;93 MB, 2 P<br />"), "93->93->93 MB, 2 P");
  EXPECT_EQ(mended("<span class=\"line\"><span>gc 1</span></span>"), "gc 1");
  EXPECT_EQ(mended("    // # Alloc = 1  "), "# Alloc = 1");
  EXPECT_EQ(mended("//# Alloc = 1"), "# Alloc = 1");
  EXPECT_EQ(mended("> | * /* scvg0: x */"), "scvg0: x */");
  EXPECT_EQ(mended("# HeapIdle = 1\xe3\x80\x80\xe3\x80\x80"), "# HeapIdle = 1");
  EXPECT_EQ(mended("308+92+1 ms , 156 -> 107"), "308+92+1 ms, 156 -> 107");
  EXPECT_EQ(mended("{&quot;Alloc&quot;:1}"), "{\"Alloc\":1}");
  EXPECT_EQ(mended(" \t\r"), "");
}

TEST(PastedLine, LeavesOtherTextAlone) {
  for (const char* line : {"gc 1 @0.1s 0%: 4->4->4 MB", "a < b, c > d", "&unknown; &", "<3", "x<",
                           "1,234", "\xe3\x81\x82", "<a"}) {
    EXPECT_EQ(mended(line), line);
  }
}

TEST(PastedLine, FindsTheWordsOfTraces) {
  EXPECT_EQ(find_trace_word("app | gc 1 @0.1s", 1), 6);
  EXPECT_EQ(find_trace_word("2019/04/06 scvg0: x", 1), 11);
  EXPECT_EQ(find_trace_word("[forced scvg: 1", 0), 1);
  EXPECT_EQ(find_trace_word("egc 1 xscav 2 _gc", 0), std::string_view::npos);
  EXPECT_EQ(find_trace_word("gc 1 gc 2", 1), 5);
}

}  // namespace
}  // namespace heaplaw::evidence
