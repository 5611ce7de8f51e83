#include "evidence/explanation/bounds.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

constexpr std::uint64_t top = Bounds::unbounded;

TEST(Bounds, AFlooredNumberIsLessThanAUnitAbove) {
  EXPECT_EQ(Bounds::floored(3, 1024), (Bounds{3072, 4095}));
  EXPECT_EQ(Bounds::floored(0, 1024), (Bounds{0, 1023}));
  EXPECT_EQ(Bounds::floored(top, 1024), (Bounds{top - 1023, top}));
  EXPECT_EQ(Bounds::floored(top / 1024, 1024).upper, top);
}

TEST(Bounds, SumsAndRestsHoldForEveryNumberWithin) {
  const Bounds a{10, 20};
  const Bounds b{3, 4};
  EXPECT_EQ(a + b, (Bounds{13, 24}));
  EXPECT_EQ(a - b, (Bounds{6, 17}));
  EXPECT_EQ(b - a, (Bounds{0, 0}));
  EXPECT_EQ(Bounds::exactly(20) - a, (Bounds{0, 10}));
}

TEST(Bounds, SaturateInsteadOfWrapping) {
  EXPECT_EQ((Bounds{1, top} + Bounds{1, 1}), (Bounds{2, top}));
  EXPECT_EQ((Bounds{1, top} - Bounds{1, 1}), (Bounds{0, top}));
  EXPECT_EQ(Bounds::exactly(top) + Bounds::exactly(top), Bounds::exactly(top));
}

TEST(Bounds, NarrowedByWhatContradictsThemThereIsNothing) {
  const Bounds a{10, 20};
  EXPECT_EQ(a.narrowed({15, 30}), (Bounds{15, 20}));
  EXPECT_EQ(a.narrowed({20, 30}), Bounds::exactly(20));
  EXPECT_FALSE(a.narrowed({21, 30}));
  EXPECT_EQ(a.widened({15, 30}), (Bounds{10, 30}));
  EXPECT_TRUE(a.contains(10));
  EXPECT_FALSE(a.contains(21));
}

}  // namespace
}  // namespace heaplaw::evidence
