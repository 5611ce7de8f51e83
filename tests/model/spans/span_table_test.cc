#include "model/spans/span_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t heap = 0xc000000000;
constexpr SpanShape hundred{.element_size = 80, .pages = 1, .slots = 102};

TEST(SpanTable, HandsOutSlotsInAscendingOrderAcrossWords) {
  SpanTable spans;
  const SpanId id = spans.make_object_span(10, hundred, heap, 1);
  for (unsigned slot = 0; slot < 102; ++slot) {
    ASSERT_EQ(spans[id].alloc_count(), slot);
    ASSERT_EQ(spans.next_free(id), slot);
    ASSERT_EQ(spans.is_taken(id, slot), true);
  }
  EXPECT_FALSE(spans.next_free(id));
  EXPECT_TRUE(spans[id].is_full());
  spans.check_span(id);
}

TEST(SpanTable, ASweepFreesWhatIsNotMarkedAndBeginsAnew) {
  SpanTable spans;
  const SpanId id = spans.make_object_span(10, hundred, heap, 1);
  while (spans.next_free(id)) {
  }
  for (unsigned slot = 0; slot < 102; ++slot) {
    if (slot != 3 && slot != 70) spans.mark(id, slot);
  }
  spans.mark(id, 0);  // a second time
  spans.mark(no_span, ObjectRef::slot(ObjectRef::zero_size));
  static_cast<void>(spans.make_object_span(10, hundred, heap + 8192, 1));  // a dead one
  static_cast<void>(spans.make(SpanUse::stack, heap + 2 * 8192, 4));
  const SpanTable::Marked marked = spans.count_marks();
  EXPECT_EQ(marked.bytes, Bytes{100 * 80});
  EXPECT_EQ(marked.dead_spans, 1u);
  EXPECT_EQ(spans.turn_marks_into_allocations(id), 2u);
  EXPECT_EQ(spans.next_free(id), 3u);
  EXPECT_EQ(spans.next_free(id), 70u);
  EXPECT_FALSE(spans.next_free(id));
  spans.check_span(id);
}

// A free slot that was passed over stays taken for the rest of the cycle only.
TEST(SpanTable, SlotsThatWereHandedOutAreTaken) {
  SpanTable spans;
  const SpanId id = spans.make_object_span(10, hundred, heap, 1);
  static_cast<void>(spans.next_free(id));
  EXPECT_TRUE(spans.is_taken(id, 0));
  EXPECT_FALSE(spans.is_taken(id, 1));
}

TEST(SpanTable, ALargeSpanHasOneSlotOfAllItsBytes) {
  SpanTable spans;
  const SpanId id = spans.make_object_span(1, SpanShape{}, heap, 100);
  EXPECT_EQ(spans[id].element_size, 100 * 8192u);
  EXPECT_EQ(spans.next_free(id), 0u);
  EXPECT_FALSE(spans.next_free(id));
}

TEST(SpanTable, ListsSpansByChunkAndAddress) {
  SpanTable spans;
  const SpanId late = spans.make(SpanUse::stack, heap + 3 * chunk_size.raw(), 4);
  const SpanId high = spans.make(SpanUse::stack, heap + 8192 * 9, 4);
  const SpanId low = spans.make(SpanUse::stack, heap, 4);
  const auto any = [](const Span&) { return true; };
  EXPECT_THAT(spans.beginning_in_chunk(chunk_of(heap), any), testing::ElementsAre(low, high));
  const auto highest = [](const Span& span) { return span.base > heap; };
  EXPECT_THAT(spans.beginning_in_chunk(chunk_of(heap), highest), testing::ElementsAre(high));
  EXPECT_THAT(spans.all_by_address(), testing::ElementsAre(low, high, late));
  spans.destroy(low);
  EXPECT_THAT(spans.all_by_address(), testing::ElementsAre(high, late));
  spans.check_invariants();
}

TEST(SpanTable, UsesRecordsAgainButRemembersTheirGeneration) {
  SpanTable spans;
  const SpanId id = spans.make(SpanUse::stack, heap, 4);
  spans[id].sweep_generation = 6;
  spans.destroy(id);
  EXPECT_EQ(spans.make(SpanUse::stack, heap + 8192, 1), id);
  EXPECT_EQ(spans[id].sweep_generation, 6u);
  EXPECT_EQ(spans.record_count(), 2u) << "one, and the one that stands for none";
}

TEST(SpanTable, CostsAtMost128BytesASpan) {
  SpanTable spans;
  for (std::uint64_t i = 1; i <= 20'000; ++i) {
    spans.make(SpanUse::other, heap + i * 8192, 1);
    if (i < 1000) continue;
    ASSERT_LE((spans.records_memory() + spans.metadata()).raw(), 128 * i) << i << " spans";
  }
}

// 127 TiB lie between the first span and the last.
TEST(SpanTable, AHoleCostsNothing) {
  SpanTable spans;
  const auto make = [&](std::uint64_t tebibyte) {
    return spans.make(SpanUse::stack, heap + (tebibyte << 40), 4);
  };
  const SpanId middle = make(64);
  const Bytes before = spans.metadata();
  const SpanId last = make(127);
  const SpanId first = make(0);
  EXPECT_LT(spans.metadata(), before + 1_MiB + 2 * before);
  EXPECT_THAT(spans.all_by_address(), testing::ElementsAre(first, middle, last));
  const auto any = [](const Span&) { return true; };
  EXPECT_THAT(spans.beginning_in_chunk(chunk_of(heap) + 1, any), testing::IsEmpty());
  spans.destroy(first);
  EXPECT_THAT(spans.all_by_address(), testing::ElementsAre(middle, last));
  spans.check_invariants();
}

}  // namespace
}  // namespace heaplaw::model
