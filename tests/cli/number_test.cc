#include "cli/number.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

TEST(Number, ReadsAllSixtyFourBits) {
  EXPECT_EQ(parse_number("0", "x"), 0u);
  EXPECT_EQ(parse_number("18446744073709551615", "x"), UINT64_MAX);
}

TEST(Number, RefusesWhatIsNotWhollyANumber) {
  for (const char* text : {"", "-5", "+5", " 5", "5 ", "0x10", "1e3", "18446744073709551616"}) {
    EXPECT_THROW((void)parse_number(text, "x"), std::invalid_argument) << text;
  }
  try {
    (void)parse_number("12k", "BYTES");
    FAIL() << "12k was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "BYTES: found '12k', expected a number from 0 to 18446744073709551615");
  }
}

}  // namespace
}  // namespace heaplaw::cli
