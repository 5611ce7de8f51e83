#include "vocabulary/release_span.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(ReleaseSpan, IsAllReleasesUnlessSomethingIsKnown) {
  constexpr ReleaseSpan all;
  EXPECT_TRUE(all.contains(0));
  EXPECT_TRUE(all.contains(newest_release.minor()));
  EXPECT_EQ(to_string(all), "1.0 -");
}

TEST(ReleaseSpan, IsNarrowedByIntersecting) {
  constexpr ReleaseSpan span = ReleaseSpan::since(9).intersected({4, 11});
  EXPECT_EQ(span, (ReleaseSpan{9, 11}));
  EXPECT_EQ(to_string(span), "1.9 - 1.11");
  EXPECT_TRUE(span.intersected({12, 13}).empty());
  EXPECT_EQ(to_string(span.intersected({12, 13})), "none");
}

TEST(ReleaseSpan, NamesOneRelease) {
  constexpr ReleaseSpan span = ReleaseSpan::of(Release{13, 5});
  EXPECT_TRUE(span.single());
  EXPECT_EQ(to_string(span), "1.13");
}

}  // namespace
}  // namespace heaplaw
