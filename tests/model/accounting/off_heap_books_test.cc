#include "model/accounting/off_heap_books.h"

#include <utility>

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

HeapFacts facts() { return *facts_of(Release::parse("go1.19.8")).heap; }

HeapGrowth growth(std::uint64_t from, std::uint64_t bytes, std::uint64_t arenas) {
  return {.asked = {Address{from}, Address{from + bytes}}, .new_arenas = arenas};
}

TEST(OffHeapBooks, BeginWithOneCacheForEachP) {
  const OffHeapBooks books(facts(), 14);
  EXPECT_EQ(books.caches_in_use(), 14 * 1200u);
  EXPECT_EQ(books.cache_sys(), 2 * 15600u);
  EXPECT_EQ(books.gc_misc_sys(), 256u);
  EXPECT_EQ(books.other_sys(), (256u << 10) - 2 * 15600 - 256);
}

TEST(OffHeapBooks, SpanRecordsComeBy64AndUpTo128StayWithTheP) {
  OffHeapBooks books(facts(), 1);
  unsigned cached = 0;
  books.take_span_record(cached);
  EXPECT_EQ(cached, 63u);
  EXPECT_EQ(books.span_records_in_use(), 64u * 144);
  for (unsigned i = 0; i < 65; ++i) books.give_back_span_record(cached);
  EXPECT_EQ(cached, 128u);
  EXPECT_EQ(books.span_record_count(), 64u);
  books.give_back_span_record(cached);
  EXPECT_EQ(cached, 128u);
  EXPECT_EQ(books.span_record_count(), 63u);
}

// MS-9: the first growth maps 128 KiB and four pages of summaries, a page of index, the arena's
// record and a bitmap of 1 MiB; the arena list is a piece.
TEST(OffHeapBooks, TheFirstGrowthMapsSummaries) {
  OffHeapBooks books(facts(), 1);
  books.heap_grew(growth(0xc000000000, 4 << 20, 1));
  const std::uint64_t first = 256 + 2165776 + 4096 + (128 << 10) + 4 * 4096 + 4096 + (1 << 20);
  EXPECT_EQ(books.gc_misc_sys(), first);
  books.heap_grew(growth(0xc000400000, 4 << 20, 0));
  EXPECT_EQ(books.gc_misc_sys(), first) << "all mapped already";
  // Across 2 GiB the lowest level needs another page of summaries.
  books.heap_grew(growth(0xc000800000, std::uint64_t{2} << 30, 32));
  EXPECT_EQ(books.gc_misc_sys(), first + 32 * 2165776u + 4096);
}

// As real processes said it, of 1.19.8 and 1.26.8: an object of 70 MiB where something else lay in
// the arena after the first. Each level of summaries but the root needs a page of its own there,
// and the scavenger's index all of the TiB between.
TEST(OffHeapBooks, ATebibyteHigherAsRealProcessesCountIt) {
  for (const auto& [release, measured] : {std::pair{"go1.19.8", 5429280}, {"go1.26.8", 3301408}}) {
    OffHeapBooks books(*facts_of(Release::parse(release)).heap, 1);
    books.heap_grew(growth(0xc000000000, 4 << 20, 1));
    const std::uint64_t before = books.gc_misc_sys();
    HeapGrowth moved = growth(0x1c000000000, 72 << 20, 2);
    moved.abandoned = {Address{0xc000400000}, Address{0xc004000000}};
    books.heap_grew(moved);
    EXPECT_EQ(books.gc_misc_sys() - before, measured) << release;
  }
}

TEST(OffHeapBooks, AHoleInTheSummariesIsMappedWhenTheHeapComesThere) {
  OffHeapBooks books(facts(), 1);
  books.heap_grew(growth(0xc000000000, 4 << 20, 0));
  books.heap_grew(growth(0x1c000000000, 4 << 20, 0));
  const std::uint64_t before = books.gc_misc_sys();
  // The page of the first level is there, and so is the index; those of the other three are not.
  books.heap_grew(growth(0xc000000000 + (std::uint64_t{128} << 30), 4 << 20, 0));
  EXPECT_EQ(books.gc_misc_sys(), before + 3 * 4096 + (1 << 20));
}

TEST(OffHeapBooks, TheListOfRangesGrowsWithTheSeventeenthHole) {
  OffHeapBooks books(facts(), 1);
  std::uint64_t before = 0;
  const auto grow_in_tebibyte = [&](std::uint64_t i, std::uint64_t bytes) {
    books.heap_grew(growth(0xc000000000 + (i << 40), bytes, 0));
    return books.gc_misc_sys() - std::exchange(before, books.gc_misc_sys());
  };
  static_cast<void>(grow_in_tebibyte(0, 4 << 20));
  const std::uint64_t usual = grow_in_tebibyte(1, 4 << 20);
  for (std::uint64_t i = 2; i < 16; ++i) EXPECT_EQ(grow_in_tebibyte(i, 4 << 20), usual) << i;
  // Neighbours are one range.
  books.heap_grew(growth(0xc000400000, 4 << 20, 0));
  EXPECT_EQ(books.gc_misc_sys(), before);
  const std::uint64_t other = books.other_sys();
  EXPECT_EQ(grow_in_tebibyte(16, 4 << 20), usual + 32 * 16);
  EXPECT_EQ(books.other_sys(), other - 32 * 16) << "a piece, not pages";
  for (std::uint64_t i = 17; i < 32; ++i) EXPECT_EQ(grow_in_tebibyte(i, 4 << 20), usual) << i;
  EXPECT_EQ(grow_in_tebibyte(32, 4 << 20), usual + 64 * 16);
}

TEST(OffHeapBooks, SpanSetBlocksAreUsedAgain) {
  OffHeapBooks books(facts(), 1);
  std::uint64_t spine = 0;
  books.span_set_changed(BlockChange::taken, 1, spine);
  EXPECT_EQ(spine, 256u);
  EXPECT_EQ(books.gc_misc_sys(), 256u + 2048 + 4120);
  books.span_set_changed(BlockChange::given_back, 1, spine);
  books.span_set_changed(BlockChange::taken, 1, spine);
  EXPECT_EQ(books.gc_misc_sys(), 256u + 2048 + 4120);
}

}  // namespace
}  // namespace heaplaw::model
