#include "evidence/words.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(Words, StandWhereTheyStand) {
  const auto words = split_words("  a\tbc  d ", 100, 9);
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[0].text, "a");
  EXPECT_EQ(words[0].offset, 102u);
  EXPECT_EQ(words[1].text, "bc");
  EXPECT_EQ(words[1].offset, 104u);
  EXPECT_EQ(words[2].text, "d");
  EXPECT_TRUE(split_words(" \t", 0, 9).empty());
}

TEST(Words, AreNoMoreThanAsked) { EXPECT_EQ(split_words("a b c d", 0, 2).size(), 2u); }

}  // namespace
}  // namespace heaplaw::evidence
