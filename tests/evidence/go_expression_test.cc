#include "evidence/go_expression.h"

#include <gtest/gtest.h>

#include "input_error_text.h"

namespace heaplaw::evidence {
namespace {

const GoConstants constants = {{"max", {.value = 1024, .bits = 0, .divisor = {}}},
                               {"small", {.value = 8, .bits = 8, .divisor = {}}}};

ExpressionValue value_of(std::string_view text) {
  const SourceText source(text, "f");
  GoLexer lexer(source);
  return evaluate(lexer, constants);
}

std::string error_of(std::string_view text) {
  return input_error_text([&] { return value_of(text); });
}

TEST(GoExpression, FollowsGosPrecedence) {
  EXPECT_EQ(value_of("2 + 3*4").value, 14u);
  EXPECT_EQ(value_of("(2 + 3) * 4").value, 20u);
  EXPECT_EQ(value_of("100 / 7 % 5 * 2").value, 8u);
  EXPECT_EQ(value_of("1<<3 + 1").value, 9u);  // unlike C
  EXPECT_EQ(value_of("10 - 3 - 2").value, 5u);
  EXPECT_EQ(value_of("0xff &^ 0xf | 1 ^ 3").value, 0xf2u);
  EXPECT_EQ(value_of("7 & 5 >> 1").value, 2u);
  EXPECT_EQ(value_of("(max-512)/128 + 1").value, 5u);
  EXPECT_EQ(value_of("+5").value, 5u);
  EXPECT_EQ(value_of("0 << 100 + 1 >> 64").value, 0u);
}

TEST(GoExpression, ComputesInTheTypeItIsGiven) {
  EXPECT_EQ(value_of("^uint8(0)").value, 255u);
  EXPECT_EQ(value_of("^uint32(0)/48 + 1").value, 89478486u);
  EXPECT_EQ(value_of("^uintptr(7)").value, ~std::uint64_t{7});
  EXPECT_EQ(value_of("uint16(max) + 1").bits, 16u);
  EXPECT_EQ(value_of("2 * small").bits, 8u);
}

TEST(GoExpression, RemembersWhatTheLargest32BitNumberIsDividedBy) {
  const auto divisor = value_of("^uint32(0)/48 + 1").divisor;
  ASSERT_TRUE(divisor);
  EXPECT_EQ(divisor->value, 48u);
  EXPECT_EQ(divisor->offset, 11u);
  EXPECT_FALSE(value_of("4294967295/48 + 1").divisor);
  EXPECT_FALSE(value_of("^uint64(0)/48 + 1").divisor);
  EXPECT_FALSE(value_of("89478486").divisor);
}

TEST(GoExpression, EndsAtTheLine) {
  EXPECT_EQ(value_of("8\n+ 1").value, 8u);
  EXPECT_EQ(value_of("8 +\n1").value, 9u);
}

TEST(GoExpression, SaysWhatIsNoNumber) {
  EXPECT_EQ(error_of("1 + "),
            "f:1:5: found the end of the file, expected a number or a constant defined above");
  EXPECT_EQ(error_of("iota"), "f:1:1: found 'iota', expected a number or a constant defined above");
  EXPECT_EQ(error_of("-1"), "f:1:1: found '-', expected a number or a constant defined above");
  EXPECT_EQ(error_of("1.5"), "f:1:1: found '1.5', expected an integer");
  EXPECT_EQ(error_of("2*18446744073709551616"),
            "f:1:3: found '18446744073709551616', expected a number that fits 64 bits");
  EXPECT_EQ(error_of("(1"), "f:1:3: found the end of the file, expected ')'");
  EXPECT_EQ(error_of("uint8(1"), "f:1:8: found the end of the file, expected ')'");
}

TEST(GoExpression, SaysWhatDoesNotFit) {
  EXPECT_EQ(error_of("2 - 3"),
            "f:1:3: found 2 - 3, expected a result from 0 to 18446744073709551615");
  EXPECT_EQ(error_of("1 / (1-1)"),
            "f:1:3: found 1 / 0, expected a result from 0 to 18446744073709551615");
  EXPECT_EQ(error_of("1 % 0"),
            "f:1:3: found 1 % 0, expected a result from 0 to 18446744073709551615");
  EXPECT_EQ(error_of("2 << 63"),
            "f:1:3: found 2 << 63, expected a result from 0 to 18446744073709551615");
  EXPECT_EQ(error_of("1 << 64"),
            "f:1:3: found 1 << 64, expected a result from 0 to 18446744073709551615");
  EXPECT_EQ(error_of("18446744073709551615 + 1"),
            "f:1:22: found 18446744073709551615 + 1, expected a result from 0 to "
            "18446744073709551615");
  EXPECT_EQ(error_of("4294967296 * 4294967296"),
            "f:1:12: found 4294967296 * 4294967296, expected a result from 0 to "
            "18446744073709551615");
  EXPECT_EQ(error_of("uint8(256)"), "f:1:1: found uint8(256), expected a number up to 255");
  EXPECT_EQ(error_of("uint8(255) + 1"), "f:1:12: found 255 + 1, expected a result from 0 to 255");
  EXPECT_EQ(error_of("small - small + 300 - 299"),
            "f:1:15: found 0 + 300, expected a result from 0 to 255");
  EXPECT_EQ(error_of("^0"),
            "f:1:1: found '^', expected an unsigned type behind it, as in ^uint32(0)");
}

TEST(GoExpression, RefusesNestingThatOnlyAttacksTheStack) {
  const std::string opening(100'000, '(');
  const std::string signs(100'000, '+');
  EXPECT_EQ(error_of(opening),
            "f:1:66: found an expression nested over 64 deep, expected a simpler one");
  EXPECT_EQ(error_of(signs + "1"),
            "f:1:66: found an expression nested over 64 deep, expected a simpler one");
}

}  // namespace
}  // namespace heaplaw::evidence
