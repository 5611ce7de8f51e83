#include "model/stacks/stack_cache.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

// ST-2: 2, 4, 8 and 16 KiB are cut from spans of 32 KiB, from which on a stack is a span.
TEST(StackCache, FourOrdersArePooled) {
  for (unsigned order = 0; order < stack_orders; ++order) {
    EXPECT_TRUE(is_pooled_stack(stack_bytes_of(order)));
    EXPECT_EQ(order_of(stack_bytes_of(order)), order);
  }
  EXPECT_EQ(stack_bytes_of(stack_orders), stack_span_bytes);
  EXPECT_FALSE(is_pooled_stack(stack_span_bytes));
}

TEST(StackCache, ASizeBetweenTwoOrdersIsOfTheLargerOne) {
  EXPECT_EQ(order_of(1), 0u);
  EXPECT_EQ(order_of(2049), 1u);
  EXPECT_EQ(order_of(8193), 3u);
}

TEST(StackCache, LastFreedFirstUsedAndRoomForASpanOfTheSmallest) {
  StackCache cache;
  const std::uint64_t most = stack_span_bytes / smallest_stack;
  for (std::uint64_t ref = 1; ref <= most; ++ref) cache.push(ref);
  EXPECT_EQ(cache.count, most);
  for (std::uint64_t ref = most; ref >= 1; --ref) EXPECT_EQ(cache.pop(), ref);
  EXPECT_EQ(cache.count, 0u);
}

}  // namespace
}  // namespace heaplaw::model
