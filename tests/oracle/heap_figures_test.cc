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

TEST(HeapFigures, MetadataMovedIntoTheSpansInTwoSteps) {
  const HeapFigures before = heap_figures_of(Release(21, 13));
  EXPECT_FALSE(before.headers);
  EXPECT_EQ(before.largest_small, 32768_B);
  EXPECT_EQ(before.scan_bitmap, 0_B);
  const HeapFigures bitmap = heap_figures_of(Release(25, 7));
  EXPECT_TRUE(bitmap.headers);
  EXPECT_EQ(bitmap.largest_small, 32760_B);
  EXPECT_EQ(bitmap.scan_bitmap, 128_B);
  EXPECT_EQ(bitmap.inline_marks, 0_B);
  EXPECT_EQ(heap_figures_of(Release(26, 4)).inline_marks, 128_B);
}

TEST(HeapFigures, CollectionsTakeTheirReleasesWorkBuffers) {
  EXPECT_EQ(heap_figures_of(Release(22, 12)).work_buffer_spans, 1u);
  EXPECT_EQ(heap_figures_of(Release{24}).work_buffer_spans, 2u);
  EXPECT_EQ(heap_figures_of(Release{26}).work_buffer_spans, 1u);
}

// Go 1.3 and older have no laws on records.
TEST(HeapFigures, WhatIsNotKnownIsZero) {
  EXPECT_EQ(heap_figures_of(Release{4}).span_record, 0_B);
  EXPECT_EQ(heap_figures_of(Release{4}).cache_record, 0_B);
}

}  // namespace
}  // namespace heaplaw::oracle
