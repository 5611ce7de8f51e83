#include "oracle/tables/magic_definition.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

constexpr auto widest = DivideMagicForm::widest;
constexpr auto excluding = DivideMagicForm::excluding;
constexpr auto including = DivideMagicForm::including;

TEST(MagicDefinition, WidestMagicsAreThoseOf15) {
  EXPECT_EQ(shift_magic(widest, 8, 8192), (ShiftMagic{3, 31, 2147483648, UINT64_MAX - 7}));
  EXPECT_EQ(shift_magic(widest, 48, 8192), (ShiftMagic{4, 33, 2863311531, 0}));
}

// The only classes whose magic changed when 1.13 began to divide the size of the span as well.
TEST(MagicDefinition, TheSpanItselfCostsFiveClassesMoreBits) {
  struct Change {
    std::uint64_t size;
    ShiftMagic excluding, including;
  };
  for (const Change& c :
       {Change{48, {4, 9, 171, 0}, {4, 11, 683, 0}}, Change{144, {4, 9, 57, 0}, {4, 13, 911, 0}},
        Change{192, {6, 7, 43, 0}, {6, 9, 171, 0}}, Change{640, {7, 6, 13, 0}, {7, 9, 103, 0}},
        Change{768, {8, 5, 11, 0}, {8, 7, 43, 0}}}) {
    EXPECT_EQ(shift_magic(excluding, c.size, 8192), c.excluding) << c.size;
    EXPECT_EQ(shift_magic(including, c.size, 8192), c.including) << c.size;
  }
}

TEST(MagicDefinition, APowerOfTwoIsShiftedAndMasked) {
  EXPECT_EQ(shift_magic(including, 1024, 8192), (ShiftMagic{10, 0, 1, 64512}));
  EXPECT_EQ(shift_magic(excluding, 32768, 32768), (ShiftMagic{15, 0, 1, 32768}));
}

TEST(MagicDefinition, AReciprocalIsRoundedUp) {
  EXPECT_EQ(reciprocal_magic(8), 536870912u);
  EXPECT_EQ(reciprocal_magic(48), UINT32_MAX / 48 + 1);
}

TEST(MagicDefinition, TheFirstWrongQuotientIsFound) {
  const auto off_at_five = [](std::uint64_t x) { return x == 5 ? 9 : x / 2; };
  EXPECT_EQ(first_wrong_quotient(2, 100, off_at_five), 5u);
  EXPECT_FALSE(first_wrong_quotient(2, 5, off_at_five));
  EXPECT_FALSE(first_wrong_quotient(7, 0, off_at_five));
}

}  // namespace
}  // namespace heaplaw::oracle
