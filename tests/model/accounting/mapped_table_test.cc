#include "model/accounting/mapped_table.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(MappedTable, MapsWholeGranulesOnce) {
  MappedTable table(10);
  EXPECT_EQ(table.cover(12, 13), 10u);
  EXPECT_EQ(table.cover(10, 20), 0u);
  EXPECT_EQ(table.cover(19, 21), 10u);
  EXPECT_EQ(table.stretch_count(), 1u);
}

TEST(MappedTable, AHoleIsNotMappedUntilItIsWanted) {
  MappedTable table(10);
  EXPECT_EQ(table.cover(100, 110), 10u);
  EXPECT_EQ(table.cover(500, 520), 20u);
  EXPECT_EQ(table.cover(0, 10), 10u);
  EXPECT_EQ(table.stretch_count(), 3u);
  EXPECT_EQ(table.cover(110, 490), 380u) << "adjoins the one below";
  EXPECT_EQ(table.stretch_count(), 3u);
  EXPECT_EQ(table.cover(5, 600), 90u + 10 + 80);
  EXPECT_EQ(table.stretch_count(), 1u);
}

TEST(MappedTable, MayBeMappedWithoutHoles) {
  MappedTable table(10);
  EXPECT_EQ(table.cover_without_holes(105, 110), 10u);
  EXPECT_EQ(table.cover_without_holes(135, 140), 30u);
  EXPECT_EQ(table.cover_without_holes(115, 120), 0u);
  EXPECT_EQ(table.cover_without_holes(72, 75), 30u);
  EXPECT_EQ(table.stretch_count(), 1u);
}

TEST(MappedTable, CountsAsASetOfGranulesDoes) {
  std::mt19937_64 random(5);
  for (unsigned round = 0; round < 200; ++round) {
    MappedTable table(4);
    std::set<std::uint64_t> granules;
    for (unsigned i = 0; i < 30; ++i) {
      const std::uint64_t from = random() % 1000;
      const std::uint64_t to = from + 1 + random() % 60;
      std::uint64_t fresh = 0;
      for (std::uint64_t g = from / 4; g <= (to - 1) / 4; ++g) fresh += granules.insert(g).second;
      ASSERT_EQ(table.cover(from, to), 4 * fresh);
    }
    std::size_t stretches = 0;
    for (const std::uint64_t g : granules) stretches += g == 0 || !granules.contains(g - 1);
    EXPECT_EQ(table.stretch_count(), stretches);
  }
}

}  // namespace
}  // namespace heaplaw::model
