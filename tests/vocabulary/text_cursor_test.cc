#include "vocabulary/text_cursor.h"

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw {
namespace {

TEST(TextCursor, WordsEndAtBlanksAndTheLineAtAComment) {
  TextCursor cursor(" a\tb#c  d # e", "f", 7);
  EXPECT_EQ(cursor.take_word(), "a");
  EXPECT_EQ(cursor.take_word(), "b#c");
  EXPECT_FALSE(cursor.at_end());
  EXPECT_EQ(cursor.take_word(), "d");
  EXPECT_TRUE(cursor.at_end());
  EXPECT_EQ(cursor.take_word(), "");
  EXPECT_EQ(cursor.rewound().take_word(), "a");
}

TEST(TextCursor, NumbersOfAllLengthsAreRead) {
  TextCursor cursor("0 9 9999999999999999999 10000000000000000000 18446744073709551615", "f", 1);
  EXPECT_EQ(cursor.take_number("n"), 0u);
  EXPECT_EQ(cursor.take_number("n"), 9u);
  EXPECT_EQ(cursor.take_number("n"), 9999999999999999999u);
  EXPECT_EQ(cursor.take_number("n"), 10000000000000000000u);
  EXPECT_EQ(cursor.take_number("n"), 18446744073709551615u);
}

TEST(TextCursor, WhatIsNoNumberIsRefusedWhereItStands) {
  const auto error = [](std::string_view text) {
    return input_error_of([&] { return TextCursor(text, "f", 7).take_number("n"); });
  };
  EXPECT_EQ(error(" 1x"), "f:7:2: found '1x', expected n as a decimal number");
  EXPECT_EQ(error(" 01"), "f:7:2: found '01', expected n without leading zeros");
  EXPECT_EQ(error("18446744073709551616"),
            "f:7:1: found '18446744073709551616', expected n up to 18446744073709551615");
  EXPECT_EQ(error("99999999999999999999999x"),
            "f:7:1: found '99999999999999999999999x', expected n as a decimal number");
  EXPECT_EQ(error(""), "f:7:1: found the end of the line, expected n as a decimal number");
  EXPECT_EQ(error("+1"), "f:7:1: found '+1', expected n as a decimal number");
}

TEST(TextCursor, AddressesHaveOneSpelling) {
  EXPECT_EQ(TextCursor("0xc000200000", "f", 1).take_hex(), 0xc000200000u);
  EXPECT_EQ(TextCursor("0x0", "f", 1).take_hex(), 0u);
  EXPECT_EQ(TextCursor("0xffffffffffffffff", "f", 1).take_hex(), ~std::uint64_t{0});
  for (const char* bad :
       {"", "0x", "c000", "0xC0", "0x00", "0x-1", "0x1g", "0x10000000000000000"}) {
    EXPECT_EQ(TextCursor(bad, "f", 1).take_hex(), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace heaplaw
