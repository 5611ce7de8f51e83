#include "model/pages/kernel.h"

#include <gtest/gtest.h>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {
namespace {

TEST(PlainKernel, GivesAHintOnceAndNothingElse) {
  PlainKernel kernel;
  const Address hint{0xc000000000};
  EXPECT_EQ(kernel.reserve(hint, 64_MiB), hint);
  EXPECT_EQ(kernel.reserve(hint + 32_MiB, 64_MiB), std::nullopt);
  EXPECT_EQ(kernel.reserve(hint + 64_MiB, 64_MiB), hint + 64_MiB);
  EXPECT_EQ(kernel.reserve(std::nullopt, 64_MiB), std::nullopt);
}

TEST(PlainKernel, APartGivenBackCanBeHadAgain) {
  PlainKernel kernel;
  const Address hint{0xc000000000};
  (void)kernel.reserve(hint, 64_MiB);
  kernel.unreserve({hint + 4_MiB, hint + 8_MiB});
  EXPECT_EQ(kernel.reserve(hint + 4_MiB, 4_MiB), hint + 4_MiB);
  EXPECT_FALSE(kernel.reserve(hint, 4_MiB));
}

TEST(PlainKernel, HasNoMoreThanUserSpace) {
  PlainKernel kernel;
  const Bytes all = user_space_end - Address{};
  EXPECT_FALSE(kernel.reserve(Address{}, all + 1_B));
  EXPECT_FALSE(kernel.reserve(user_space_end - 1_B, 2_B));
  EXPECT_TRUE(kernel.reserve(Address{}, all));
  EXPECT_FALSE(kernel.reserve(Address{}, 1_B));
}

TEST(PlainKernel, RefusesOneMapOnOrder) {
  PlainKernel kernel;
  kernel.refuse_next_map();
  EXPECT_FALSE(kernel.map({Address{}, Address{4096}}));
  EXPECT_TRUE(kernel.map({Address{}, Address{4096}}));
}

}  // namespace
}  // namespace heaplaw::model
