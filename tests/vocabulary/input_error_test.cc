#include "vocabulary/input_error.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(InputError, NamesPlaceFoundAndExpected) {
  const InputError error({"a.go", 3, 17}, quote("7x"), "a number");
  EXPECT_STREQ(error.what(), "a.go:3:17: found '7x', expected a number");
  EXPECT_EQ(error.place(), (Place{"a.go", 3, 17}));
}

TEST(InputError, LeavesOutWhatHasNoPlace) {
  EXPECT_EQ(to_string(Place{"a.go"}), "a.go");
  EXPECT_EQ(to_string(Place{"a.go", 4}), "a.go:4");
}

TEST(InputError, QuotesHostileBytesSafelyAndBriefly) {
  EXPECT_EQ(quote(std::string_view("a\x1b[31m\0b", 8)), "'a\\x1b[31m\\x00b'");
  EXPECT_LT(quote(std::string(1 << 20, '\xff')).size(), 300u);
}

}  // namespace
}  // namespace heaplaw
