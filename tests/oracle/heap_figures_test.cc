#include "oracle/laws/heap_figures.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(HeapFigures, AreThoseOfThePatchNotOnlyOfTheLine) {
  EXPECT_EQ(heap_figures_of(Release(18, 8)).span_record, 136_B);
  EXPECT_EQ(heap_figures_of(Release(18, 9)).span_record, 144_B);
  EXPECT_EQ(heap_figures_of(Release(19, 3)).span_record, 136_B);
  EXPECT_EQ(heap_figures_of(Release(19, 4)).span_record, 144_B);
}

TEST(HeapFigures, GrowthStepsFollowHowArenasAreMapped) {
  EXPECT_EQ(heap_figures_of(Release{10}).growth_step, 0_B);
  EXPECT_EQ(heap_figures_of(Release{16}).growth_step, 64_MiB);
  EXPECT_EQ(heap_figures_of(Release{17}).growth_step, 4_MiB);
}

TEST(HeapFigures, ClassesAreTheReleasesDocumentedOnes) {
  EXPECT_EQ(heap_figures_of(Release{15}).classes.size(), 67u);
  EXPECT_EQ(heap_figures_of(Release{16}).classes.size(), 68u);
  EXPECT_EQ(heap_figures_of(Release{19}).classes[9].size, 112_B);
  EXPECT_EQ(heap_figures_of(Release{15}).classes[60].size, 19072_B) << "MS-1";
  EXPECT_EQ(heap_figures_of(Release{16}).classes[60].size, 18432_B) << "MS-1";
}

// Go 1.3 and older have no laws on records.
TEST(HeapFigures, WhatIsNotKnownIsZero) {
  EXPECT_EQ(heap_figures_of(Release{4}).span_record, 0_B);
  EXPECT_EQ(heap_figures_of(Release{4}).cache_record, 0_B);
}

}  // namespace
}  // namespace heaplaw::oracle
