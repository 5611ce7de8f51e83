#include "evidence/explanation/slot_waste.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

// Classes of 8, 16, 48 and 64 bytes, of which only that of 48 leaves a tail: 8192 - 170 * 48 = 32.
SlotTable small_table() {
  return {.classes = {
              {0_B, 0_pages}, {8_B, 1_pages}, {16_B, 1_pages}, {48_B, 1_pages}, {64_B, 1_pages}}};
}

Figures holding(std::uint64_t objects, std::uint64_t bytes) {
  Figures f;
  f.heap_objects = Bounds::exactly(objects);
  f.heap_alloc = Bounds::exactly(bytes);
  f.heap_inuse = Bounds::exactly(bytes + 8192);
  return f;
}

TEST(SlotWaste, KnownClassesWasteAtMostTheirGaps) {
  Figures f = holding(15, 5 * 8 + 4 * 16 + 3 * 48 + 3 * 64);
  f.by_size = {{0, 0, 0}, {8, 6, 1}, {16, 4, 0}, {48, 3, 0}, {64, 3, 0}};
  // An object of 8 bytes may be of 1, a block of 16 may hold 1, one of 48 is of at least 17.
  EXPECT_EQ(rounding_waste(f, small_table()), Bounds::at_most(5 * 7 + 4 * 15 + 3 * 31 + 3 * 15));
}

TEST(SlotWaste, UnknownObjectsWasteAtMostWhatAMixtureOfTheirMeanCan) {
  // All of 48 bytes could waste 31 each; blocks of 16 with a byte in them, and a few objects of a
  // byte more than the largest class, which take a page each, 15 + (48 - 16).
  const Bounds waste = rounding_waste(holding(1000, 48'000), small_table());
  EXPECT_EQ(waste.upper, 47'000);
  EXPECT_EQ(waste.lower, 0);
}

TEST(SlotWaste, LargeObjectsWasteLessThanAPage) {
  EXPECT_EQ(rounding_waste(holding(3, 3 * 81920), small_table()), Bounds::at_most(3 * 8191));
}

TEST(SlotWaste, IsNeverMoreThanThereIs) {
  EXPECT_EQ(rounding_waste(holding(1, 8), small_table()), Bounds::at_most(7));
  EXPECT_EQ(rounding_waste(holding(100, 8), small_table()).upper, 8);
  EXPECT_EQ(rounding_waste(holding(1, 100), {}), Bounds::at_most(100));
}

TEST(SlotWaste, HeadersAreWasteAsWell) {
  SlotTable table{.classes = {{0_B, 0_pages}, {1024_B, 1_pages}, {1152_B, 1_pages}}};
  Figures f = holding(2, 2 * 1152);
  f.by_size = {{0, 0, 0}, {1024, 0, 0}, {1152, 2, 0}};
  EXPECT_EQ(rounding_waste(f, table), Bounds::at_most(2 * 127));
  table.has_headers = true;
  EXPECT_EQ(rounding_waste(f, table), Bounds::at_most(2 * 135));
}

TEST(SlotWaste, TailsAreAtLeastThoseOfTheSpansThatAreNeeded) {
  Figures f = holding(171, 171 * 48);
  f.by_size = {{0, 0, 0}, {8, 0, 0}, {16, 0, 0}, {48, 171, 0}, {64, 0, 0}};
  const Bounds tails = tail_waste(f, small_table());
  EXPECT_EQ(tails.lower, 64);      // two spans
  EXPECT_EQ(tails.upper, 64 + 1);  // 32 of each 8192 in use, rounded up
}

TEST(SlotWaste, TailsAreNoMoreThanWhatHoldsNoObject) {
  Figures f = holding(1, 8192 - 8);
  f.heap_inuse = Bounds::exactly(8192);
  EXPECT_LE(tail_waste(f, small_table()).upper, 8);
  EXPECT_EQ(tail_waste({}, small_table()), Bounds::at_most(0));
}

// Counts of a release with other classes bound nothing.
TEST(SlotWaste, OtherSizesAreNotCounted) {
  Figures f = holding(1000, 48'000);
  const Bounds without = rounding_waste(f, small_table());
  f.by_size = {{0, 0, 0}, {8, 0, 0}, {24, 2000, 0}};
  EXPECT_EQ(rounding_waste(f, small_table()), without);
  EXPECT_EQ(tail_waste(f, small_table()).lower, 0);
}

}  // namespace
}  // namespace heaplaw::evidence
