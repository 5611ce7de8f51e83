#include "evidence/source_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "input_error_text.h"

namespace heaplaw::evidence {
namespace {

std::string error_of(std::string_view text) {
  return input_error_text([&] { return SourceText(text, "f").begin(); });
}

TEST(SourceText, CountsLinesAndColumnsFromOne) {
  const SourceText source("ab\nc\n\nd", "f");
  EXPECT_EQ(source.lines().place(0), (Place{"f", 1, 1}));
  EXPECT_EQ(source.lines().place(2), (Place{"f", 1, 3}));  // the line end itself
  EXPECT_EQ(source.lines().place(3), (Place{"f", 2, 1}));
  EXPECT_EQ(source.lines().place(6), (Place{"f", 4, 1}));
  EXPECT_EQ(source.lines().place(7), (Place{"f", 4, 2}));
  EXPECT_EQ(source.lines().whole_file(), (Place{"f"}));
}

TEST(SourceText, DoesNotCountTheByteOrderMark) {
  const SourceText source(
      "\xef\xbb\xbf"
      "ab\nc",
      "f");
  EXPECT_TRUE(source.had_bom());
  EXPECT_EQ(source.begin(), 3u);
  EXPECT_EQ(source.lines().place(4), (Place{"f", 1, 2}));
  EXPECT_EQ(source.lines().place(6), (Place{"f", 2, 1}));
}

TEST(SourceText, TakesAllOfUnicode) {
  EXPECT_EQ(error_of("\xc3\xa4 \xe2\x82\xac \xed\x9f\xbf \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"),
            "no error");
}

TEST(SourceText, RefusesWhatIsNoText) {
  using namespace std::string_view_literals;
  EXPECT_EQ(error_of("a\nb\0"sv), "f:2:2: found a NUL byte, expected text");
  const std::string_view wrong[] = {
      "\xff",
      "\x80",
      "\xc3",
      "\xc3\x28",
      "\xc0\x80",
      "\xe0\x80\x80",
      "\xed\xa0\x80",
      "\xf0\x80\x80\x80",
      "\xf4\x90\x80\x80",
      "\xe2\x82",
      "\xf0\x9f\x98\x28",
  };
  for (const std::string_view text : wrong) {
    const auto byte = static_cast<unsigned char>(text[0]);
    EXPECT_EQ(
        error_of(text),
        fmt::format("f:1:1: found the byte 0x{:02x}, which is not UTF-8, expected text", byte));
  }
}

}  // namespace
}  // namespace heaplaw::evidence
