#include "properties/interesting_sizes.h"

#include <set>

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

TEST(InterestingSizes, AreNeverEmptyAndStayInTheirRange) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    EXPECT_LE(tiny_size(random) - 1, 15u);
    EXPECT_LE(small_size(random) - 1, 32767u);
    EXPECT_LE(threshold_size(random) - 1, 32783u);
    EXPECT_LE(paged_size(random, 20) - 1, 20u * 8192);
    EXPECT_LE(block_size(random, 8 << 20) - 1, (8u << 20) - 1);
  }
}

// Each class of the newest table, and its neighbours on both sides: what does not fit is in the
// next.
TEST(InterestingSizes, SmallOnesHitEveryClassAndBothItsNeighbours) {
  Random random(2);
  std::set<std::uint64_t> sizes;
  for (int i = 0; i < 400'000; ++i) sizes.insert(small_size(random));
  for (const std::uint64_t size :
       {8U,     16U,    24U,    32U,    48U,    64U,    80U,    96U,    112U,   128U,   144U,
        160U,   176U,   192U,   208U,   224U,   240U,   256U,   288U,   320U,   352U,   384U,
        416U,   448U,   480U,   512U,   576U,   640U,   704U,   768U,   896U,   1024U,  1152U,
        1280U,  1408U,  1536U,  1792U,  2048U,  2304U,  2688U,  3072U,  3200U,  3456U,  4096U,
        4864U,  5376U,  6144U,  6528U,  6784U,  6912U,  8192U,  9472U,  9728U,  10240U, 10880U,
        12288U, 13568U, 14336U, 16384U, 18432U, 19072U, 20480U, 21760U, 24576U, 27264U, 28672U}) {
    EXPECT_TRUE(sizes.contains(size)) << size;
    EXPECT_TRUE(sizes.contains(size - 1)) << size - 1;
    EXPECT_TRUE(sizes.contains(size + 1)) << size + 1;
  }
}

}  // namespace
}  // namespace heaplaw::properties
