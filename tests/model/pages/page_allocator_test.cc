#include "model/pages/page_allocator.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

constexpr Address start{0xc000000000};

ReleaseFacts facts() { return facts_of(Release::parse("1.19")); }

Address chunk(std::uint64_t n) { return start + chunk_size * n; }
Address page(std::uint64_t n) { return start + page_size * n; }

class PageAllocatorTest : public testing::Test {
 protected:
  void grow(std::uint64_t first, std::uint64_t n = 1) {
    pages.grow({chunk(first), chunk(first + n)});
  }
  Address alloc(std::uint64_t n) { return pages.alloc(Pages{n}).value().address; }
  void TearDown() override { pages.check_invariants(); }

  PageAllocator pages{facts()};
};

TEST_F(PageAllocatorTest, HasNothingBeforeItGrows) {
  EXPECT_FALSE(pages.alloc(1_pages));
  EXPECT_TRUE(pages.alloc_to_cache().empty());
  EXPECT_EQ(pages.scavenge_all(), Bytes{});
  EXPECT_EQ(pages.search_address(), std::nullopt);
}

TEST_F(PageAllocatorTest, FreshPagesAreScavengedAndFreedOnesAreNot) {
  grow(0);
  EXPECT_EQ(pages.alloc(10_pages), (PageAllocation{page(0), 10_pages}));
  pages.free(page(2), 3_pages);
  EXPECT_EQ(pages.alloc(2_pages), (PageAllocation{page(2), 0_pages}));
  EXPECT_EQ(pages.alloc(2_pages), (PageAllocation{page(10), 2_pages}));
}

TEST_F(PageAllocatorTest, ARunMayCrossChunksButNoGap) {
  grow(0, 2);
  grow(3);
  EXPECT_EQ(alloc(1000), page(0));
  EXPECT_FALSE(pages.alloc(513_pages));
  EXPECT_EQ(alloc(100), chunk(3));
  grow(2);
  EXPECT_EQ(alloc(24 + 512), page(1000));
}

// A multi-page allocation knows nothing of single free pages below the run that it took.
TEST_F(PageAllocatorTest, SearchAddressStaysBelowSinglePages) {
  grow(0);
  alloc(1);
  alloc(20);
  pages.free(page(0), 1_pages);
  EXPECT_EQ(alloc(20), page(21));
  EXPECT_EQ(pages.search_address(), page(0));
  EXPECT_EQ(alloc(1), page(0));
}

TEST_F(PageAllocatorTest, SearchAddressNeverLeavesTheHeap) {
  grow(0);
  EXPECT_EQ(alloc(512), page(0));
  EXPECT_EQ(pages.search_address(), page(0));
  EXPECT_FALSE(pages.alloc(2_pages));
  EXPECT_EQ(pages.search_address(), page(0)) << "only one page too many proves the heap full";
  EXPECT_FALSE(pages.alloc(1_pages));
  EXPECT_EQ(pages.search_address(), std::nullopt);
  pages.free(page(511), 1_pages);
  EXPECT_EQ(pages.search_address(), page(511));
}

// The last block of a chunk goes to a cache; one past its end is outside the heap.
TEST_F(PageAllocatorTest, ACacheLeavesTheSearchAddressOnItsLastPage) {
  grow(0);
  for (int i = 0; i < 29; ++i) alloc(16);
  const PageCache cache = pages.alloc_to_cache();
  EXPECT_EQ(cache.base(), page(448));
  EXPECT_EQ(cache.free_pages(), 48_pages);
  EXPECT_EQ(pages.search_address(), page(511));
  pages.check_invariants();
}

// The summary of 16 GiB begins where nothing is mapped.
TEST_F(PageAllocatorTest, SearchAddressIsMovedOutOfUnmappedSpace) {
  grow(0);
  alloc(512);
  grow((1 << 14) + 700);
  EXPECT_EQ(alloc(12), chunk((1 << 14) + 700));
  EXPECT_TRUE(pages.mapped().contains(*pages.search_address()));
  EXPECT_EQ(alloc(1), chunk((1 << 14) + 700) + page_size * 12);
}

TEST_F(PageAllocatorTest, LookingForARunTakesNothing) {
  EXPECT_FALSE(pages.has_run(1_pages)) << "of an empty heap";
  grow(0);
  EXPECT_TRUE(pages.has_run(512_pages));
  EXPECT_FALSE(pages.has_run(513_pages));
  alloc(500);
  EXPECT_TRUE(pages.has_run(12_pages));
  EXPECT_FALSE(pages.has_run(13_pages));
  EXPECT_EQ(alloc(12), page(500));
  EXPECT_FALSE(pages.has_run(1_pages));
}

TEST_F(PageAllocatorTest, AFlushGivesBackPagesAndTheirState) {
  grow(0);
  alloc(64);
  pages.free(page(3), 2_pages);
  PageCache cache = pages.alloc_to_cache();
  EXPECT_EQ(cache.free_mask(), 0b11000u);
  EXPECT_EQ(cache.scavenged_mask(), 0u);
  PageCache fresh = pages.alloc_to_cache();
  (void)fresh.alloc(5_pages);
  pages.flush(fresh);
  pages.flush(cache);
  EXPECT_TRUE(cache.empty());
  EXPECT_FALSE(pages.scavenged(page(3)));
  EXPECT_TRUE(pages.scavenged(page(64 + 5)));
  EXPECT_EQ(alloc(1), page(3));
}

// What growth releases from the middle of a chunk hides what is free above it, even from a forced
// release, until something else in the chunk is freed. So said the runtime of Go 1.26.8, asked
// through its own test hooks.
TEST(PageAllocatorOf126, ASearchFromTheMiddleHidesPagesAboveIt) {
  PageAllocator pages{facts_of(Release{26})};
  pages.grow({chunk(0), chunk(2)});
  (void)pages.take(chunk(0), 1024_pages);
  pages.free(chunk(0), 20_pages);
  pages.free(chunk(1), 20_pages);
  pages.next_scavenge_generation();
  EXPECT_EQ(pages.scavenge(1024_MiB, ScavengeUrgency::background), page_size * 40);
  pages.free(page(100), 100_pages);
  pages.next_scavenge_generation();
  pages.next_scavenge_generation();
  pages.free(page(300), 100_pages);
  EXPECT_EQ(pages.scavenge(1024_MiB, ScavengeUrgency::background), page_size * 100);
  EXPECT_EQ(pages.scavenge_all(), 0_B);
  pages.free(page(500), 1_pages);
  EXPECT_EQ(pages.scavenge_all(), page_size * 101);
  pages.check_invariants();
}

// Likewise. The cursor was raised and nothing was found below it, so that it stays where it is, and
// pages freed later are within its reach at once.
TEST(PageAllocatorOf126, ARaisedCursorIsNotClearedByASearchInVain) {
  PageAllocator pages{facts_of(Release{26})};
  pages.grow({chunk(0), chunk(2)});
  (void)pages.take(chunk(0), 1024_pages);
  pages.free(chunk(1), 512_pages);
  (void)pages.take(chunk(1), 512_pages);
  pages.next_scavenge_generation();
  EXPECT_EQ(pages.scavenge(1024_MiB, ScavengeUrgency::background), 0_B);
  pages.free(page(100), 100_pages);
  pages.next_scavenge_generation();
  pages.next_scavenge_generation();
  pages.free(page(300), 100_pages);
  EXPECT_EQ(pages.scavenge(1024_MiB, ScavengeUrgency::background), page_size * 200);
}

// Flushed pages are invisible to the scavenger until something else in their chunk is freed.
TEST_F(PageAllocatorTest, TheScavengerIsNotToldOfFlushedPages) {
  grow(0);
  alloc(128);
  pages.free(page(0), 64_pages);
  EXPECT_EQ(pages.scavenge(page_size * 64), page_size * 64);
  pages.free(page(64), 1_pages);
  PageCache cache = pages.alloc_to_cache();
  (void)pages.scavenge_all();
  PageCache other = pages.alloc_to_cache();
  EXPECT_EQ(other.base(), page(64));
  pages.flush(cache);
  pages.flush(other);
  EXPECT_EQ(pages.scavenge_all(), Bytes{});
  EXPECT_FALSE(pages.scavenged(page(64)) && pages.allocated(page(64)));
  pages.free(page(100), 1_pages);
  EXPECT_GE(pages.scavenge_all(), page_size);
}

TEST_F(PageAllocatorTest, ScavengesFromTheTopAndWholeHugePages) {
  grow(0, 2);
  alloc(1024);
  pages.free(page(0), 1024_pages);
  EXPECT_EQ(pages.scavenge(1_B), 2_MiB);
  EXPECT_TRUE(pages.scavenged(page(768)));
  EXPECT_FALSE(pages.scavenged(page(767)));
  EXPECT_EQ(pages.scavenge_all(), 6_MiB);
  EXPECT_EQ(pages.scavenge_all(), Bytes{});
}

TEST(PageAllocator, WithoutHugePagesItReleasesWhatIsAsked) {
  for (const Bytes huge : {Bytes{}, 8_KiB, 8_MiB}) {
    PageAllocator pages(facts(), huge);
    pages.grow({start, start + chunk_size});
    pages.free(pages.alloc(512_pages)->address, 512_pages);
    EXPECT_EQ(pages.scavenge(8193_B), 16_KiB) << huge.raw();
  }
}

TEST_F(PageAllocatorTest, MisuseIsNoticed) {
  grow(0);
  EXPECT_THROW(grow(0), CheckFailure);
  EXPECT_THROW(pages.grow({page(513), page(1025)}), CheckFailure);
  EXPECT_THROW((void)pages.take(page(510), 4_pages), CheckFailure);
  EXPECT_THROW((void)pages.allocated(page(512)), CheckFailure);
  if (HEAPLAW_INVARIANTS < 1) return;
  EXPECT_THROW(pages.free(page(0), 1_pages), CheckFailure);
  (void)pages.take(page(7), 2_pages);
  EXPECT_THROW((void)pages.take(page(8), 1_pages), CheckFailure);
}

// What the model keeps of pages, from 16 MiB on and at every growth by a chunk. All of the heap was
// in use, free and searched, so that nothing is left to be made.
TEST(PageAllocator, CostsAtMostOneIn8192) {
  for (const unsigned minor : {19u, 26u}) {
    PageAllocator pages{facts_of(Release{minor})};
    constexpr Address begin{0xc000000000};
    for (Bytes size = chunk_size; size <= 300_MiB; size += chunk_size) {
      pages.grow({begin + (size - chunk_size), begin + size});
      ASSERT_TRUE(pages.alloc(Pages{size / page_size}));
      pages.free(begin, Pages{size / page_size});
      if (size < 16_MiB) continue;
      EXPECT_LE(pages.metadata(), size / 8192) << size.raw() << " bytes in " << minor;
    }
  }
}

}  // namespace
}  // namespace heaplaw::model
