#include "model/heap/simulated_kernel.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

// SIM-11: a reservation succeeds at its hint; nobody but the heap itself keeps books.
TEST(SimulatedKernel, GivesEveryHintInUserSpaceHoweverOften) {
  SimulatedKernel kernel;
  const Address hint{0xc000000000};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(kernel.reserve(hint, 64_MiB), hint);
  EXPECT_TRUE(kernel.map({hint, hint + 4_MiB}));
}

// SIM-12: address space ends at 2^47, and nothing is found elsewhere.
TEST(SimulatedKernel, GivesNothingBeyondUserSpaceOrWithoutAHint) {
  SimulatedKernel kernel;
  const Address last = user_space_end - 64_MiB;
  EXPECT_EQ(kernel.reserve(last, 64_MiB), last);
  EXPECT_EQ(kernel.reserve(last, 64_MiB + 1_B), std::nullopt);
  EXPECT_EQ(kernel.reserve(last, Bytes{~std::uint64_t{0}}), std::nullopt) << "no sum may wrap";
  EXPECT_EQ(kernel.reserve(user_space_end, 1_B), std::nullopt);
  EXPECT_EQ(kernel.reserve(std::nullopt, 64_MiB), std::nullopt);
}

}  // namespace
}  // namespace heaplaw::model
