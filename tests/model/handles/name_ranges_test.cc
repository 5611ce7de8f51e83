#include "model/handles/name_ranges.h"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "model/handles/sparse_handles.h"

namespace heaplaw::model {

namespace {

// What the stretch takes less than records, slowly.
std::int64_t saved(const std::vector<NameRange>& ranges, std::uint64_t first, std::uint64_t end) {
  std::uint64_t records = 0;
  std::uint64_t array = (end - first) * ArrayCost::place;
  for (const NameRange& range : ranges) {
    if (range.number < first || range.number >= end || !is_crowded(range)) continue;
    records += range.live * SparseHandles::record_bytes;
    array += ArrayCost::block;
  }
  return static_cast<std::int64_t>(records) - static_cast<std::int64_t>(array);
}

TEST(NameRanges, AreCrowdedWhereABlockTakesLessThanRecords) {
  EXPECT_TRUE(is_crowded({.number = 7, .live = 64}));
  EXPECT_TRUE(is_crowded({.number = 7, .live = 39}));
  EXPECT_FALSE(is_crowded({.number = 7, .live = 38}));
  EXPECT_FALSE(is_crowded({.number = 7, .live = 0}));
}

TEST(NameRanges, TheBestStretchSavesAsMuchAsAnyOther) {
  std::mt19937_64 random(3);
  std::size_t some = 0;
  for (unsigned round = 0; round < 2000; ++round) {
    std::vector<NameRange> ranges;
    std::uint64_t number = random() % 100;
    for (std::size_t n = random() % 12; n > 0; --n) {
      ranges.push_back({.number = number, .live = 30 + random() % 35});
      number += 1 + random() % (random() % 3 == 0 ? 200 : 2);
    }
    std::int64_t most = 0;
    for (const NameRange& a : ranges) {
      for (const NameRange& b : ranges) {
        if (a.number <= b.number) most = std::max(most, saved(ranges, a.number, b.number + 1));
      }
    }
    const NameStretch best = best_stretch(ranges);
    ASSERT_EQ(saved(ranges, best.first, best.end), most);
    const auto held = [&](const NameRange& range) {
      return best.has(range.number) && is_crowded(range);
    };
    ASSERT_EQ(std::ranges::count_if(ranges, held), best.blocks);
    some += best.blocks != 0;
  }
  EXPECT_GT(some, 1000u);
}

TEST(NameRanges, CountTheNamesOfTheBestStretch) {
  const NameRange ranges[] = {{.number = 5, .live = 64},
                              {.number = 6, .live = 20},
                              {.number = 7, .live = 60},
                              {.number = std::uint64_t{1} << 57, .live = 64}};
  const NameStretch best = best_stretch(ranges);
  EXPECT_EQ(best.first, 5u);
  EXPECT_EQ(best.end, 8u);
  EXPECT_EQ(best.blocks, 2u);
  EXPECT_EQ(best.live, 124u);
  EXPECT_EQ(best_stretch({}).blocks, 0u);
}

}  // namespace
}  // namespace heaplaw::model
