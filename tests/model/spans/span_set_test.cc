#include "model/spans/span_set.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

TEST(SpanSet, GivesSpansInTheOrderInWhichTheyCame) {
  SpanSet set;
  BlockChange change{};
  for (SpanId id = 1; id <= 3000; ++id) set.push(id);
  for (SpanId id = 1; id <= 2500; ++id) ASSERT_EQ(set.pop(change), id);
  set.push(7);
  for (SpanId id = 2501; id <= 3000; ++id) ASSERT_EQ(set.pop(change), id);
  EXPECT_EQ(set.pop(change), 7u);
  EXPECT_TRUE(set.empty());
  set.check_invariants();
}

TEST(SpanSet, TakesABlockForEvery512AndGivesItBackWhenAllWerePopped) {
  SpanSet set;
  EXPECT_EQ(set.push(1), BlockChange::taken);
  for (unsigned i = 1; i < 512; ++i) EXPECT_EQ(set.push(1), BlockChange::none);
  EXPECT_EQ(set.push(1), BlockChange::taken);
  BlockChange change{};
  for (unsigned i = 0; i < 511; ++i) {
    set.pop(change);
    EXPECT_EQ(change, BlockChange::none);
  }
  set.pop(change);
  EXPECT_EQ(change, BlockChange::given_back);
  set.pop(change);
  EXPECT_EQ(change, BlockChange::none) << "the set is empty, but the block may be used on";
  EXPECT_EQ(set.reset(), BlockChange::given_back);
  EXPECT_EQ(set.reset(), BlockChange::none);
}

TEST(SpanSet, IsNotResetWhileItHoldsSpans) {
  SpanSet set;
  set.push(1);
  EXPECT_THROW(set.reset(), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::model
