#include "model/accounting/object_counts.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

constexpr SpanClass noscan_of_48 = 11;  // class 5

// MS-3: a cached span's objects are counted when the span leaves the cache, and only once.
TEST(ObjectCounts, ACachedSpanIsCountedForWhatCameSinceTheLastTime) {
  ObjectCounts counts;
  Span span;
  span.span_class = noscan_of_48;
  span.element_size = 48;
  span.taken = 10;
  for (int again = 0; again < 2; ++again) counts.count_cached(span);
  EXPECT_EQ(counts.small_mallocs[5], 10u);
  span.taken = 13;
  counts.count_cached(span);
  EXPECT_EQ(counts.small_mallocs[5], 13u);
  EXPECT_EQ(counts.bytes_live(), 13u * 48);
}

TEST(ObjectCounts, WhatIsFreedIsNoLongerLive) {
  ObjectCounts counts;
  Span small;
  small.span_class = noscan_of_48;
  small.element_size = 48;
  counts.add_small(small, 4);
  counts.freed(small, 3);
  EXPECT_EQ(counts.small_frees[5], 3u);

  Span large;
  large.span_class = 1;
  large.element_size = 40960;
  ASSERT_TRUE(large.is_large());
  counts.add_large(40960);
  EXPECT_EQ(counts.bytes_live(), 48u + 40960);
  counts.freed(large, 1);
  EXPECT_EQ(counts.large_frees, 1u);
  EXPECT_EQ(counts.large_bytes_freed, 40960u);
  EXPECT_EQ(counts.small_frees[0], 0u);
  EXPECT_EQ(counts.bytes_live(), 48u);
}

}  // namespace
}  // namespace heaplaw::model
