#include "oracle/naive/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

struct NaivePagesFaults {
  static auto& runs(NaivePages& pages) { return pages.runs_; }
  static auto& counts(NaivePages& pages) { return pages.counts_; }
};

namespace {

NaivePages grown() {
  NaivePages pages{256};
  pages.grow(1024, 1024);
  return pages;
}

TEST(NaivePages, theLowestRunThatFitsIsTaken) {
  NaivePages pages = grown();
  ASSERT_EQ(pages.alloc(10)->start, 1024U);
  ASSERT_EQ(pages.alloc(5)->start, 1034U);
  pages.free(1024, 10);
  EXPECT_EQ(pages.alloc(11)->start, 1039U);
  EXPECT_EQ(pages.alloc(10)->start, 1024U);
}

// Half of the run was given back: it is one run for whoever allocates.
TEST(NaivePages, scavengedAndResidentPagesMakeOneRun) {
  NaivePages pages = grown();
  ASSERT_TRUE(pages.alloc(8));
  pages.free(1024, 8);
  const auto taken = pages.alloc(16);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->start, 1024U);
  EXPECT_EQ(taken->scavenged, 8U);
  EXPECT_EQ(pages.longest_run(), 1024U - 16);
}

TEST(NaivePages, noRunCrossesAGap) {
  NaivePages pages{256};
  pages.grow(0, 512);
  pages.grow(1024, 512);
  EXPECT_FALSE(pages.alloc(513));
  pages.grow(512, 512);
  EXPECT_EQ(pages.mapped(), (std::vector<PageRange>{{0, 1536}}));
  EXPECT_EQ(pages.alloc(1536)->start, 0U);
  EXPECT_FALSE(pages.alloc(1));
}

TEST(NaivePages, freeingAFreePageFails) {
  NaivePages pages = grown();
  EXPECT_THROW(pages.free(1030, 1), CheckFailure);
}

TEST(NaivePages, aReleaseStartsAtTheTopAndKeepsHugePagesWhole) {
  NaivePages pages = grown();
  ASSERT_TRUE(pages.alloc(1024));
  pages.free(1024, 1024);
  EXPECT_EQ(pages.scavenge(page_bytes, ScavengeWay::growth), 256U);
  EXPECT_EQ(pages.count(/*scavenged=*/true), 256U);
  EXPECT_EQ(pages.free_runs().back().start, 2048U - 256);
  EXPECT_EQ(pages.scavenge(~std::uint64_t{0}, ScavengeWay::forced), 768U);
  ASSERT_EQ(pages.free_runs().size(), 1U);
  EXPECT_EQ(pages.count(/*scavenged=*/false), 0U);
}

TEST(NaivePages, withoutHugePagesNoMoreIsReleasedThanAsked) {
  NaivePages pages{0};
  pages.grow(0, 512);
  ASSERT_TRUE(pages.alloc(512));
  pages.free(0, 512);
  EXPECT_EQ(pages.scavenge(page_bytes + 1, ScavengeWay::growth), 2U);
  EXPECT_EQ(pages.scavenge(0, ScavengeWay::growth), 0U);
}

constexpr std::uint64_t everything = ~std::uint64_t{0};

// SC-19: growth leaves alone what came free in this generation, and what is dense.
TEST(NaivePages, growthReleasesWhatIsLooseAndOld) {
  NaivePages pages(256, ScavengeIndex(496));
  pages.grow(1024, 1024);
  ASSERT_TRUE(pages.alloc(1024));
  pages.free(1024, 16);
  pages.free(1536, 17);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::growth), 0U);
  pages.next_generation();
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::growth), 17U);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 16U);
}

// As a real Go 1.26.8 did: 16 pages at the end of a dense chunk were left alone; then a hundred
// came free below them, growth began its search there, found nothing more and gave up the chunk.
TEST(NaivePages, aForcedReleasePassesOverAChunkThatASearchGaveUp) {
  NaivePages pages(256, ScavengeIndex(496));
  pages.grow(1024, 1024);
  ASSERT_TRUE(pages.alloc(1024));
  pages.free(1024, 100);
  pages.free(1536 + 496, 16);
  pages.next_generation();
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::growth), 100U);
  pages.free(1536 + 100, 100);
  pages.next_generation();
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::growth), 100U);
  pages.free(1024 + 200, 1);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 1U);
  EXPECT_EQ(pages.count(/*scavenged=*/false), 16U);
  pages.free(1536 + 300, 1);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 1U);
  EXPECT_EQ(pages.count(/*scavenged=*/false), 16U);
  pages.free(1536 + 495, 1);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 17U);
}

// PA-23: a cache that is given back counts as freed.
TEST(NaivePages, aCacheThatIsGivenBackCanBeReleased) {
  NaivePages pages(256, ScavengeIndex(496));
  pages.grow(1024, 512);
  ASSERT_TRUE(pages.alloc(512));
  pages.free(1024, 8);
  const PageCache cache = pages.take_cache();
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 0U);
  pages.give_back(cache);
  EXPECT_EQ(pages.scavenge(everything, ScavengeWay::forced), 8U);
}

TEST(NaivePages, aCacheHoldsTheFreePagesOfTheLowestBlock) {
  NaivePages pages = grown();
  ASSERT_TRUE(pages.alloc(70));
  pages.free(1090, 2);
  const PageCache cache = pages.take_cache();
  EXPECT_EQ(cache.base, 1088U);
  EXPECT_EQ(cache.free, ~std::uint64_t{0b110011} | 0b001100 | ~std::uint64_t{0b111111});
  EXPECT_EQ(cache.scavenged, ~std::uint64_t{0b111111});
  EXPECT_EQ(pages.alloc(1)->start, 1152U);
}

TEST(NaivePages, invariantsFindEveryFault) {
  using Faults = NaivePagesFaults;
  const std::pair<const char*, void (*)(NaivePages&)> faults[] = {
      {"pages are free", [](NaivePages& p) { ++Faults::counts(p)[0]; }},
      {"pages are free", [](NaivePages& p) { ++Faults::counts(p)[1]; }},
      {"is empty",
       [](NaivePages& p) {
         Faults::runs(p).push_back({4000, 4000, false});
       }},
      {"is not mapped",
       [](NaivePages& p) {
         Faults::runs(p).back().start += 5000, Faults::runs(p).back().end += 5000;
       }},
      {"overlap", [](NaivePages& p) { --Faults::runs(p).back().start, ++Faults::counts(p)[1]; }},
      {"are apart",
       [](NaivePages& p) {
         Faults::runs(p).back().scavenged = false;
         Faults::counts(p)[0] = 1024, Faults::counts(p)[1] = 0;
       }},
  };
  for (const auto& [message, damage] : faults) {
    NaivePages pages = grown();
    ASSERT_TRUE(pages.alloc(8));
    pages.free(1024, 8);
    ASSERT_EQ(Faults::runs(pages).size(), 2U);
    pages.check_invariants();
    damage(pages);
    EXPECT_THAT(check_failure_of([&] { pages.check_invariants(); }), testing::HasSubstr(message));
  }
}

}  // namespace
}  // namespace heaplaw::oracle::naive
