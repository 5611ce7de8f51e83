#include "model/pages/page_summary.h"

#include <vector>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

constexpr unsigned whole = 1u << most_pages_shift;

TEST(PageSummary, HoldsWhatItIsGivenUpToARootEntryWhollyFree) {
  const PageSummary some(1, whole - 1, 3);
  EXPECT_EQ(some.start(), 1u);
  EXPECT_EQ(some.max(), whole - 1);
  EXPECT_EQ(some.end(), 3u);
  const PageSummary all(whole, whole, whole);
  EXPECT_EQ(all.start(), whole);
  EXPECT_EQ(all.max(), whole);
  EXPECT_EQ(all.end(), whole);
  EXPECT_FALSE(all.full());
  EXPECT_TRUE(PageSummary{}.full());
}

TEST(PageSummary, MergingJoinsRunsAcrossParts) {
  const PageSummary parts[] = {{0, 4, 2}, {8, 8, 8}, {3, 4, 0}};
  EXPECT_EQ(merge(parts, 3), PageSummary(0, 2 + 8 + 3, 0));
}

TEST(PageSummary, OnlyWhollyFreePartsExtendTheStart) {
  const PageSummary parts[] = {{8, 8, 8}, {8, 8, 8}, {5, 5, 1}, {8, 8, 8}};
  EXPECT_EQ(merge(parts, 3), PageSummary(21, 21, 9));
}

// A part whose free pages at both ends meet nobody's is not wholly free, even if they are many.
TEST(PageSummary, AFullPartSeparates) {
  const PageSummary parts[] = {{8, 8, 8}, {}, {8, 8, 8}};
  EXPECT_EQ(merge(parts, 3), PageSummary(8, 8, 8));
}

TEST(PageSummary, EightFreeEntriesBelowTheRootAreAFreeRootEntry) {
  constexpr unsigned eighth = whole / 8;
  const std::vector<PageSummary> parts(8, PageSummary(eighth, eighth, eighth));
  EXPECT_EQ(merge(parts, most_pages_shift - 3), PageSummary(whole, whole, whole));
}

TEST(ChunkSummary, SaysWhatItIsMadeOf) {
  for (const PageSummary s : {PageSummary{}, free_chunk_summary, PageSummary{0, 1, 511},
                              PageSummary{511, 511, 0}, PageSummary{3, 200, 150}}) {
    const ChunkSummary chunk{s};
    EXPECT_EQ(PageSummary(chunk.start(), chunk.max(), chunk.end()), s);
    EXPECT_EQ(chunk.full(), s.full());
  }
  const ChunkSummary parts[] = {ChunkSummary{free_chunk_summary},
                                ChunkSummary{PageSummary{3, 9, 2}}};
  EXPECT_EQ(merge(parts, chunk_pages_shift), PageSummary(515, 515, 2));
}

}  // namespace
}  // namespace heaplaw::model
