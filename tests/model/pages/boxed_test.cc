#include "model/pages/boxed.h"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using Box = Boxed<std::vector<int>>;

Box box(std::vector<int> content) {
  return Box(std::make_unique<std::vector<int>>(std::move(content)));
}

TEST(Boxed, ACopyIsACopyOfWhatIsInside) {
  const Box first = box({1, 2});
  Box second = first;
  second->push_back(3);
  EXPECT_EQ(*first, (std::vector{1, 2}));
  Box third = box({9});
  third = second;
  EXPECT_EQ(*third, (std::vector{1, 2, 3}));
  EXPECT_NE(third.get(), second.get());
}

TEST(Boxed, ACopyOfNothingIsNothing) {
  const Box nothing;
  Box copy = nothing;
  EXPECT_FALSE(copy);
  copy = box({1});
  copy = nothing;
  EXPECT_FALSE(copy);
}

TEST(Boxed, AMoveKeepsThePlace) {
  Box first = box({1});
  const auto* const place = first.get();
  const Box second = std::move(first);
  EXPECT_EQ(second.get(), place);
}

TEST(Boxed, AssignedToItselfItStays) {
  Box first = box({1, 2});
  const Box& same = first;
  first = same;
  EXPECT_EQ(*first, (std::vector{1, 2}));
}

}  // namespace
}  // namespace heaplaw::model
