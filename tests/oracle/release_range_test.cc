#include "oracle/laws/release_range.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

TEST(ReleaseRange, AnOpenRangeHoldsFromItsFirstReleaseOn) {
  EXPECT_FALSE(covers("1.9 -", Release{8}));
  EXPECT_TRUE(covers("1.9 -", Release{9}));
  EXPECT_TRUE(covers("1.9 -", Release(26, 4)));
}

TEST(ReleaseRange, AnUpperLineIncludesItsPatches) {
  EXPECT_TRUE(covers("1.9 - 1.18", Release(18, 10)));
  EXPECT_FALSE(covers("1.9 - 1.18", Release{19}));
  EXPECT_TRUE(covers("1.18.9 - 1.18", Release(18, 9)));
  EXPECT_FALSE(covers("1.18.9 - 1.18", Release(18, 8)));
}

TEST(ReleaseRange, ATextThatIsNoRangeFailsACheck) {
  for (const auto* text : {"", "1.9", "first -", "1.9 - last"}) {
    EXPECT_THROW((void)covers(text, Release{10}), CheckFailure) << text;
  }
}

}  // namespace
}  // namespace heaplaw::oracle
