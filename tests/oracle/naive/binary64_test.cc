#include "oracle/naive/binary64.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

// This machine's floating point is the authority; there are no others to ask.
std::uint64_t by_machine(std::uint64_t a, std::uint64_t b, std::uint64_t factor) {
  const double ratio = static_cast<double>(a) / static_cast<double>(b);
  const double product = ratio * static_cast<double>(factor);
  return product >= 18446744073709551616.0 ? most : static_cast<std::uint64_t>(product);
}

TEST(NaiveBinary64, roundsLikeTheMachine) {
  constexpr std::uint64_t seed = 1;
  std::mt19937_64 random(seed);
  const auto draw = [&] { return random() >> (random() % 64); };
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t a = draw();
    const std::uint64_t b = draw() | 1;
    const std::uint64_t factor = draw();
    ASSERT_EQ(scaled(a, b, factor), by_machine(a, b, factor)) << a << " / " << b << " * " << factor;
  }
}

// 49 times 1/49 is less than 1 in floating point: an exact ratio would sweep one page more.
TEST(NaiveBinary64, losesWhatTheMachineLoses) {
  EXPECT_EQ(scaled(1, 49, 49), 0U);
  EXPECT_EQ(scaled(3, 10, 10), 3U);
  EXPECT_EQ(scaled(0, 7, 9), 0U);
  EXPECT_EQ(scaled(most, 1, most), most);
}

}  // namespace
}  // namespace heaplaw::oracle::naive
