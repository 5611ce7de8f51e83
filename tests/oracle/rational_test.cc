#include "oracle/tables/rational.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(Rational, ComparesExactlyWhereDoublesCannot) {
  constexpr std::uint64_t most = UINT64_MAX;
  EXPECT_EQ(Rational(1, 8), Rational(1024, 8192));
  EXPECT_LT(Rational(most - 1, most), Rational(1, 1));
  EXPECT_GT(Rational(most, most - 1), Rational(most - 1, most - 2 + 1));
  EXPECT_EQ(Rational(0, 5), Rational(0, most));
}

TEST(Rational, RoundsHalvesToEven) {
  EXPECT_EQ(Rational(15, 32).hundredths_of_percent(), 4688u);  // 46.875 %: class 32 without 24
  EXPECT_EQ(Rational(7, 32).hundredths_of_percent(), 2188u);   // 21.875 %: class 32 after 24
  EXPECT_EQ(Rational(1, 20000).hundredths_of_percent(), 0u);   // 0.005 % goes down to even
  EXPECT_EQ(Rational(3, 20000).hundredths_of_percent(), 2u);   // 0.015 % goes up to even
  EXPECT_EQ(Rational(50001, 1'000'000'000).hundredths_of_percent(), 1u);
  EXPECT_EQ(Rational(7, 8).hundredths_of_percent(), 8750u);
}

TEST(Rational, RefusesWhatItCannotSay) {
  EXPECT_THROW((void)Rational(1, 0), CheckFailure);
  EXPECT_THROW((void)Rational(UINT64_MAX, 1).hundredths_of_percent(), std::overflow_error);
  EXPECT_EQ(Rational(UINT64_MAX, UINT64_MAX).hundredths_of_percent(), 10000u);
}

}  // namespace
}  // namespace heaplaw::oracle
