#include "vocabulary/check.h"

#include <string>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(Check, AFailureNamesPlaceExpressionAndValues) {
  const int spans = 3;
  try {
    HEAPLAW_CHECK(spans == 4, "spans={}", spans);
    FAIL() << "a false condition passed";
  } catch (const CheckFailure& failure) {
    const std::string what = failure.what();
    EXPECT_NE(what.find("check_test.cc:"), std::string::npos) << what;
    EXPECT_NE(what.find("check failed: spans == 4: spans=3"), std::string::npos) << what;
  }
}

TEST(Check, ATrueConditionDoesNotEvaluateItsMessage) {
  int evaluated = 0;
  HEAPLAW_CHECK(true, "{}", ++evaluated);
  EXPECT_EQ(evaluated, 0);
}

TEST(Check, AnAssertionIsEvaluatedOnlyWhereInvariantsArePaidFor) {
  int evaluated = 0;
  const auto fails = [&] {
    ++evaluated;
    return false;
  };
#if HEAPLAW_INVARIANTS >= 1
  EXPECT_THROW(HEAPLAW_ASSERT(fails(), "paid for"), CheckFailure);
  EXPECT_EQ(evaluated, 1);
#else
  HEAPLAW_ASSERT(fails(), "not paid for");
  EXPECT_EQ(evaluated, 0);
#endif
}

}  // namespace
}  // namespace heaplaw
