#include "vocabulary/release_facts.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

ReleaseFacts facts(std::string_view name) { return facts_of(Release::parse(name)); }

TEST(ReleaseFacts, EachChangeArrivesWithItsRelease) {
  EXPECT_EQ(facts("1.2").size_classes.page_size, 4_KiB);
  EXPECT_EQ(facts("1.3").size_classes.page_size, 8_KiB);
  EXPECT_EQ(facts("1.2").tiny, TinyRule::absent);
  EXPECT_EQ(facts("1.4").tiny, TinyRule::keep);
  EXPECT_EQ(facts("1.5.4").tiny, TinyRule::forget);
  EXPECT_EQ(facts("1.6").tiny, TinyRule::keep);
  EXPECT_FALSE(facts("1.7.6").size_classes.grow_to_fill);
  EXPECT_TRUE(facts("1.8beta1").size_classes.grow_to_fill);
  EXPECT_EQ(facts("1.15.15").size_classes.step16_from, 16_B);
  EXPECT_EQ(facts("1.16").size_classes.step16_from, 32_B);
  EXPECT_FALSE(facts("1.21.13").malloc_header);
  EXPECT_TRUE(facts("1.22.0").malloc_header);
  EXPECT_FALSE(facts("1.25.7").inline_marks);
  EXPECT_TRUE(facts("1.26rc1").inline_marks);
}

TEST(ReleaseFacts, BetweenThemTheHeapChangesStepByStep) {
  const auto heap = [](std::string_view name) { return *facts(name).heap; };
  EXPECT_EQ(heap("1.19.8").span_init, SpanInit::before_release);
  EXPECT_EQ(heap("1.20.14").span_init, SpanInit::after_release);
  EXPECT_EQ(heap("1.20.14").runway_basis, RunwayBasis::heap_live);
  EXPECT_EQ(heap("1.20.14").scavenge_index, ScavengeIndexForm::marks);
  EXPECT_EQ(heap("1.21.13").scavenge_index, ScavengeIndexForm::occupancy);
  EXPECT_TRUE(heap("1.21.13").idle_page_caches_flushed);
  EXPECT_EQ(heap("1.21.13").span_record, 168_B);
  EXPECT_EQ(heap("1.22.12").span_record, 160_B);
  EXPECT_EQ(heap("1.22.12").work_buffer_spans, 1u);
  EXPECT_EQ(heap("1.23.12").work_buffer_spans, 2u);
  EXPECT_EQ(heap("1.24.13").cache_record, 1208_B);
  EXPECT_EQ(heap("1.24.13").span_set_block, 4120_B);
  EXPECT_EQ(heap("1.25.7").span_set_block, 4608_B);
  EXPECT_EQ(heap("1.25.7").base, HeapBase::first_hint);
  EXPECT_EQ(heap("1.26.0").work_buffer_spans, 1u);
  EXPECT_FALSE(facts("1.18.10").heap);
}

TEST(ReleaseFacts, TheHeapsOf119And126AreKnown) {
  const HeapFacts old = *facts("1.19.8").heap;
  EXPECT_EQ(old.span_record, 144_B);
  EXPECT_EQ(old.scavenge_index, ScavengeIndexForm::marks);
  EXPECT_EQ(old.base, HeapBase::first_hint);
  const HeapFacts tea = *facts("1.26.4").heap;
  EXPECT_EQ(tea.cache_record, 2296_B);
  EXPECT_EQ(tea.scavenge_index, ScavengeIndexForm::occupancy);
  EXPECT_EQ(tea.limit_headroom_percent, 3u);
  EXPECT_EQ(tea.base, HeapBase::random);
}

TEST(ReleaseFacts, EachReleaseFindsItsEdition) {
  EXPECT_FALSE(facts("1.7.6").edition);
  EXPECT_EQ(facts("1.8beta2").edition, 1);
  EXPECT_EQ(facts("1.8rc1").edition, 2);
  EXPECT_EQ(facts("1.8.7").edition, 2);
  EXPECT_EQ(facts("1.12.17").edition, 4);
  EXPECT_EQ(facts("1.20.14").edition, 9);
  EXPECT_EQ(facts("1.26.4").edition, 15);
}

TEST(ReleaseFacts, ExperimentsChangeOnlyTheReleasesThatHaveThem) {
  const std::string_view green_tea[] = {"greenteagc"};
  EXPECT_TRUE(facts_of(Release{25, 7}, green_tea).inline_marks);
  EXPECT_THROW((void)facts_of(Release{24}, green_tea), std::invalid_argument);
  const std::string_view without[] = {"noallocheaders"};
  EXPECT_FALSE(facts_of(Release{22}, without).malloc_header);
}

TEST(ReleaseFacts, ALineThatDoesNotExistYetIsRefused) {
  EXPECT_NO_THROW((void)facts("1.26.99"));
  try {
    (void)facts("1.27");
    FAIL() << "1.27 was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "go1.27.0 is newer than the newest known line, 1.26");
  }
}

}  // namespace
}  // namespace heaplaw
