#include "model/pages/address_ranges.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

AddressRange range(std::uint64_t base, std::uint64_t limit) {
  return {Address{base}, Address{limit}};
}

TEST(AddressRanges, NeighboursBecomeOne) {
  AddressRanges ranges;
  ranges.add(range(10, 20));
  ranges.add(range(30, 40));
  EXPECT_EQ(ranges.ranges().size(), 2u);
  ranges.add(range(20, 30));
  ASSERT_EQ(ranges.ranges().size(), 1u);
  EXPECT_EQ(ranges.ranges()[0], range(10, 40));
  EXPECT_EQ(ranges.total(), 30_B);
}

TEST(AddressRanges, KnowTheNextMappedAddress) {
  AddressRanges ranges;
  ranges.add(range(30, 40));
  ranges.add(range(10, 20));
  EXPECT_EQ(ranges.at_or_above(Address{0}), Address{10});
  EXPECT_EQ(ranges.at_or_above(Address{15}), Address{15});
  EXPECT_EQ(ranges.at_or_above(Address{20}), Address{30});
  EXPECT_EQ(ranges.at_or_above(Address{40}), std::nullopt);
  EXPECT_FALSE(ranges.contains(Address{20}));
  EXPECT_TRUE(ranges.contains(range(31, 40)));
  EXPECT_FALSE(ranges.contains(range(15, 35)));
}

TEST(AddressRanges, TellWhatOverlaps) {
  AddressRanges ranges;
  EXPECT_FALSE(ranges.overlaps({Address{0}, Address{100}}));
  ranges.add({Address{10}, Address{20}});
  ranges.add({Address{30}, Address{40}});
  EXPECT_FALSE(ranges.overlaps({Address{0}, Address{10}}));
  EXPECT_FALSE(ranges.overlaps({Address{20}, Address{30}}));
  EXPECT_FALSE(ranges.overlaps({Address{40}, Address{50}}));
  EXPECT_TRUE(ranges.overlaps({Address{0}, Address{11}}));
  EXPECT_TRUE(ranges.overlaps({Address{19}, Address{30}}));
  EXPECT_TRUE(ranges.overlaps({Address{33}, Address{34}}));
  EXPECT_TRUE(ranges.overlaps({Address{0}, Address{100}}));
}

TEST(AddressRanges, OverlapsAreRefused) {
  AddressRanges ranges;
  ranges.add(range(10, 20));
  for (const AddressRange bad : {range(5, 11), range(19, 30), range(12, 13), range(5, 30)}) {
    EXPECT_THROW(ranges.add(bad), CheckFailure);
  }
  EXPECT_THROW(ranges.add(range(30, 30)), CheckFailure);
}

TEST(AddressRanges, EqualAFlatArrayInAnyOrderOfAdding) {
  std::mt19937_64 random(22);
  for (int round = 0; round < 50; ++round) {
    AddressRanges ranges;
    std::vector<bool> flat(200);
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t base = random() % 190;
      std::uint64_t limit = base;
      while (limit < base + 5 && !flat[limit]) flat[limit++] = true;
      if (limit > base) ranges.add(range(base, limit));
      ranges.check_invariants();
    }
    for (std::uint64_t a = 0; a < flat.size(); ++a) {
      ASSERT_EQ(ranges.contains(Address{a}), flat[a]) << a;
    }
  }
}

}  // namespace
}  // namespace heaplaw::model
