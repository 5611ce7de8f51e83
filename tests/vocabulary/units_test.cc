#include "vocabulary/units.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

constexpr std::uint64_t most = UINT64_MAX;

// What must not compile is part of the promise.
template <typename A, typename B>
concept Addable = requires(A a, B b) {
  a + b;
};
static_assert(Addable<Bytes, Bytes>);
static_assert(Addable<Address, Bytes>);
static_assert(!Addable<Bytes, Pages>);
static_assert(!Addable<Address, Address>);
static_assert(!Addable<Bytes, int>);
static_assert(!std::is_convertible_v<std::uint64_t, Bytes>);
static_assert(!std::is_convertible_v<Bytes, std::uint64_t>);

TEST(Units, ArithmeticThatFitsIsExact) {
  EXPECT_EQ(3_pages + 4_pages, 7_pages);
  EXPECT_EQ(Bytes{most} - Bytes{most}, 0_B);
  EXPECT_EQ(8_KiB * 3, 24576_B);
  EXPECT_EQ(8_KiB / 96_B, 85u);
  EXPECT_EQ(8_KiB / 3, 2730_B);
  EXPECT_EQ(8192_B % 96_B, 32_B);
  EXPECT_EQ(Address{0xc000002000} - Address{0xc000000000}, 8_KiB);
  EXPECT_EQ(bytes_of(10_pages, 8_KiB), 81920_B);
}

TEST(Units, ArithmeticThatWouldWrapThrows) {
  EXPECT_THROW((void)(Bytes{most} + 1_B), std::overflow_error);
  EXPECT_THROW((void)(0_pages - 1_pages), std::overflow_error);
  EXPECT_THROW((void)(Bytes{most} * 2), std::overflow_error);
  EXPECT_THROW((void)(1_B / 0_B), std::overflow_error);
  EXPECT_THROW((void)(1_B / 0), std::overflow_error);
  EXPECT_THROW((void)(1_B % 0_B), std::overflow_error);
  EXPECT_THROW((void)(Address{most} + 1_B), std::overflow_error);
  EXPECT_THROW((void)(Address{0} - Address{1}), std::overflow_error);
  EXPECT_THROW((void)align_up(Bytes{most}, 8_B), std::overflow_error);
}

TEST(Units, AnOverflowSaysWhatWasComputed) {
  try {
    (void)(3_B - 5_B);
    FAIL() << "3 - 5 was accepted";
  } catch (const std::overflow_error& error) {
    EXPECT_STREQ(error.what(), "3 - 5 does not fit 64 unsigned bits");
  }
}

TEST(Units, AlignmentKeepsWhatIsAligned) {
  EXPECT_EQ(align_up(8192_B, 8192_B), 8192_B);
  EXPECT_EQ(align_up(8193_B, 8192_B), 16384_B);
  EXPECT_EQ(align_down(8191_B, 8192_B), 0_B);
  EXPECT_EQ(align_down(Bytes{most}, 8_B), Bytes{most - 7});
}

TEST(Units, PagesCoverEveryByte) {
  EXPECT_EQ(pages_covering(0_B, 8_KiB), 0_pages);
  EXPECT_EQ(pages_covering(1_B, 8_KiB), 1_pages);
  EXPECT_EQ(pages_covering(8192_B, 8_KiB), 1_pages);
  EXPECT_EQ(pages_covering(8193_B, 8_KiB), 2_pages);
  // The sum that a rounding addition would overflow.
  EXPECT_EQ(pages_covering(Bytes{most}, 8_KiB), Pages{(most >> 13) + 1});
}

TEST(Units, TheyPrintAsPeopleWriteThem) {
  EXPECT_EQ(fmt::format("{} {} {}", 100_B, 3_pages, Address{0xc000200000}), "100 3 0xc000200000");
}

}  // namespace
}  // namespace heaplaw
