#include "evidence/tab_columns.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

std::string in_columns(const std::vector<Cells>& lines) {
  std::string out;
  append_in_columns(out, lines);
  return out;
}

TEST(TabColumns, ACellEndsAtATabStopWithRoomForOneBlank) {
  EXPECT_EQ(in_columns({{"#", "1234567", "x"}}), "#\t1234567\tx\n");
  EXPECT_EQ(in_columns({{"#", "12345678", "x"}}), "#\t12345678\tx\n");
  EXPECT_EQ(in_columns({{"1234567", "x"}, {"12345678", "y"}}), "1234567\t\tx\n12345678\ty\n");
}

TEST(TabColumns, AColumnEndsWhereALineHasNoSuchCell) {
  EXPECT_EQ(in_columns({{"a", "12345678", "x"}, {"b", "y"}, {"c", "1", "z"}}),
            "a\t12345678\tx\nb\ty\nc\t1\tz\n");
}

TEST(TabColumns, WidthIsCountedInCharacters) {
  EXPECT_EQ(in_columns({{"f·······", "x"}, {"f······", "y"}}), "f·······\tx\nf······\t\ty\n");
}

TEST(TabColumns, TheLastCellIsNotAligned) {
  EXPECT_EQ(in_columns({{"a"}, {}, {"b", ""}}), "a\n\nb\t\n");
}

}  // namespace
}  // namespace heaplaw::evidence
