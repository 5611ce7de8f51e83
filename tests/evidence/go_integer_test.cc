#include "evidence/go_integer.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(GoInteger, ReadsEverySpelling) {
  for (const char* text : {"42", "4_2", "0x2a", "0X2A", "0x_2_a", "0o52", "0O52", "052", "0_52",
                           "0b101010", "0B10_1010"}) {
    const auto parsed = parse_go_integer(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed->value, 42u) << text;
    EXPECT_TRUE(parsed->fits) << text;
  }
  EXPECT_EQ(parse_go_integer("0")->value, 0u);
  EXPECT_EQ(parse_go_integer("00")->value, 0u);
}

TEST(GoInteger, RefusesWhatGoRefuses) {
  for (const char* text : {"", "_1", "1_", "1__2", "0x", "0x_", "0b2", "08", "0o8", "1.5", "1e3",
                           "12a", "0xg", "-1", "1 "}) {
    EXPECT_FALSE(parse_go_integer(text)) << text;
  }
}

TEST(GoInteger, SaysWhatDoesNotFit64Bits) {
  EXPECT_EQ(parse_go_integer("18446744073709551615")->value, ~std::uint64_t{0});
  EXPECT_TRUE(parse_go_integer("0xffffffffffffffff")->fits);
  EXPECT_FALSE(parse_go_integer("18446744073709551616")->fits);
  EXPECT_FALSE(parse_go_integer("0x10000000000000000")->fits);
  EXPECT_FALSE(parse_go_integer("100000000000000000000000000000000000000000")->fits);
}

}  // namespace
}  // namespace heaplaw::evidence
