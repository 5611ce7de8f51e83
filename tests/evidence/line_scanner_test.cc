#include "evidence/line_scanner.h"

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw::evidence {
namespace {

std::string message_of(const LineScanner& scanner) {
  return input_error_of([&] { scanner.fail({"log", 3}); });
}

TEST(LineScanner, ReadsALineFromLeftToRight) {
  LineScanner s("gc7(2): -3 0x1f 12.034 main.go:5");
  std::uint64_t number = 0, procs = 0, hex = 0, fixed = 0;
  std::int64_t integer = 0;
  std::string_view word;
  EXPECT_TRUE(s.literal("gc") && s.number(number) && s.literal("(") && s.number(procs) &&
              s.literal("): ") && s.integer(integer) && s.literal(" 0x") && s.hex(hex) &&
              s.literal(" ") && s.fixed(fixed, 3) && s.skip(" ") && s.text_until(":", word));
  EXPECT_EQ(number, 7);
  EXPECT_EQ(procs, 2);
  EXPECT_EQ(integer, -3);
  EXPECT_EQ(hex, 0x1f);
  EXPECT_EQ(fixed, 12034);
  EXPECT_EQ(word, "main.go");
  EXPECT_FALSE(s.end());
  EXPECT_EQ(message_of(s), "log:3:31: found ':5', expected the end of the line");
}

TEST(LineScanner, ReadsAllOf64BitsAndNoMore) {
  std::uint64_t out = 0;
  EXPECT_TRUE(LineScanner("18446744073709551615").number(out));
  EXPECT_EQ(out, ~std::uint64_t{0});
  EXPECT_FALSE(LineScanner("18446744073709551616").number(out));
  EXPECT_TRUE(LineScanner("ffffffffffffffff").hex(out));
  EXPECT_FALSE(LineScanner("1ffffffffffffffff").hex(out));
  std::int64_t signed_out = 0;
  EXPECT_TRUE(LineScanner("-9223372036854775808").integer(signed_out));
  EXPECT_EQ(signed_out, std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(LineScanner("9223372036854775808").integer(signed_out));
  EXPECT_FALSE(LineScanner("18446744073709551615.5").fixed(out, 1));
}

TEST(LineScanner, RefusesWhatNoProgramPrints) {
  std::uint64_t out = 0;
  std::int64_t signed_out = 0;
  for (const char* text : {"", "x", "007", "-1", "+1"}) {
    EXPECT_FALSE(LineScanner(text).number(out)) << text;
  }
  EXPECT_FALSE(LineScanner("-0").integer(signed_out));
  for (const char* text : {"", "F0", "01", "g"}) EXPECT_FALSE(LineScanner(text).hex(out)) << text;
  for (const char* text : {"1", "1.", "1.2", "01.234", ".123"}) {
    EXPECT_FALSE(LineScanner(text).fixed(out, 3)) << text;
  }
}

TEST(LineScanner, SaysWhereItStoppedAndWhy) {
  LineScanner s("heap profile: 03");
  std::uint64_t out = 0;
  EXPECT_TRUE(s.literal("heap profile: "));
  EXPECT_FALSE(s.number(out));
  EXPECT_EQ(message_of(s), "log:3:15: found '03', expected a number without leading zeros");
  EXPECT_TRUE(s.literal("03"));
  EXPECT_FALSE(s.literal(": "));
  EXPECT_EQ(message_of(s), "log:3:17: found the end of the line, expected ': '");
}

}  // namespace
}  // namespace heaplaw::evidence
