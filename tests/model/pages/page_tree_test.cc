#include "model/pages/page_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

// Reaches inside, to damage what the invariants guard.
struct PageTreeFaults {
  // Says that some pages are free, above the chunk.
  static void damage(PageTree& tree, unsigned level, std::uint64_t chunk) {
    const unsigned below = 3 * (4 - level);
    const PageSummary wrong(1, 2, 1);
    if (below == 0) {
      tree.region(chunk).chunk_summaries[chunk] = ChunkSummary{wrong};
    } else {
      tree.entry(level, chunk >> below) = wrong;
    }
  }
  static PageBits& allocated(PageTree& tree, std::uint64_t chunk) {
    auto& region = tree.region(chunk);
    return region.bitmaps.changing(region.chunks[chunk].allocated);
  }
  static PageBits& scavenged(PageTree& tree, std::uint64_t chunk) {
    auto& region = tree.region(chunk);
    return region.bitmaps.changing(region.chunks[chunk].scavenged);
  }
  static void share_bitmap(PageTree& tree, std::uint64_t chunk) {
    auto& chunks = tree.region(chunk).chunks;
    chunks[chunk] = chunks[chunk + 1];
  }
  static void list_as_stale(PageTree& tree, std::uint64_t chunk) {
    tree.stale_eights_.push_back(chunk >> 3);
  }
  static void forget_what_is_stale(PageTree& tree) { tree.stale_eights_.clear(); }
};

namespace {

void take(PageTree& tree, std::uint64_t chunk, unsigned page, unsigned n) {
  (void)tree.allocate(chunk, page, n);
}

TEST(PageTree, AnEmptyTreeHasNothing) {
  PageTree tree;
  EXPECT_FALSE(tree.find(1, 0));
  EXPECT_FALSE(tree.has_chunk(0));
  tree.check_invariants();
}

TEST(PageTree, RunsCrossEveryLevel) {
  for (const unsigned shift : {0u, 3u, 6u, 9u, 12u}) {
    PageTree tree;
    // Two chunks on both sides of the border between entries of a level.
    const std::uint64_t border = std::uint64_t{5} << 12 | std::uint64_t{1} << shift;
    const std::uint64_t first = shift == 12 ? (std::uint64_t{6} << 12) - 1 : border - 1;
    tree.add_chunks(first, first + 1);
    take(tree, first, 0, 300);
    const auto found = tree.find(chunk_pages + 212, 0);
    ASSERT_TRUE(found) << shift;
    EXPECT_EQ(found->address, page_address(first, 300)) << shift;
    EXPECT_FALSE(tree.find(chunk_pages + 213, 0));
    tree.check_invariants();
  }
}

// The run across the border lies below the one inside, and the root sees both.
TEST(PageTree, ARunAcrossComesBeforeALowerEntrysNeighbour) {
  PageTree tree;
  tree.add_chunks(7, 9);
  take(tree, 7, 0, 500);
  take(tree, 8, 20, 4);
  EXPECT_EQ(tree.find(32, 0)->address, page_address(7, 500));
  EXPECT_EQ(tree.find(33, 0)->address, page_address(8, 24));
}

TEST(PageTree, TheFirstFreePageNarrowsOnlyOnTheWayToIt) {
  PageTree tree;
  tree.add_chunks(0, 20);
  for (std::uint64_t c = 0; c < 20; ++c) take(tree, c, 0, 512);
  tree.free(9, 100, 1);
  EXPECT_EQ(tree.find(1, 0)->first_free, page_address(9, 100));
  // A search that passes by knows the entry, not the page: 8 is where the eight chunks begin.
  const auto passed = tree.find(2, 0);
  EXPECT_EQ(passed->address, page_address(20, 0));
  EXPECT_EQ(passed->first_free, chunk_base(8));
}

TEST(PageTree, ChunksFarApartInAnyOrder) {
  PageTree tree;
  for (const std::uint64_t c : {std::uint64_t{1} << 22, std::uint64_t{3}, std::uint64_t{1} << 15}) {
    tree.add_chunks(c, c);
    tree.check_invariants();
  }
  EXPECT_EQ(tree.find(512, 0)->address, chunk_base(3));
  take(tree, 3, 0, 512);
  EXPECT_EQ(tree.find(512, chunk_base(4))->address, chunk_base(std::uint64_t{1} << 15));
  EXPECT_TRUE(tree.has_chunk(std::uint64_t{1} << 22));
  EXPECT_FALSE(tree.has_chunk(4));
  EXPECT_FALSE(tree.has_chunk(1 << 14));
  EXPECT_THROW(tree.add_chunks(3, 3), CheckFailure);
}

// A chunk's bits, as ranges would have them.
void expect_bits(const PageTree& tree, std::uint64_t chunk, std::vector<ChunkRun> allocated,
                 std::vector<ChunkRun> scavenged) {
  PageBits want_allocated;
  PageBits want_scavenged;
  for (const ChunkRun run : allocated) want_allocated.set_range(run.page, run.n);
  for (const ChunkRun run : scavenged) want_scavenged.set_range(run.page, run.n);
  EXPECT_EQ(tree.chunk(chunk).allocated, want_allocated);
  EXPECT_EQ(tree.chunk(chunk).scavenged, want_scavenged);
  tree.check_invariants();
}

TEST(PageTree, AllocatingClearsScavengedAndSaysHowMany) {
  PageTree tree;
  tree.add_chunks(3, 3);
  expect_bits(tree, 3, {}, {{0, 512}});
  EXPECT_EQ(tree.allocate(3, 0, 512), 512u);
  tree.free(3, 4, 12);
  expect_bits(tree, 3, {{0, 4}, {16, 496}}, {});  // what is freed stays with the process
  tree.release(3, {10, 4});
  EXPECT_EQ(tree.allocate(3, 8, 4), 2u);
  expect_bits(tree, 3, {{0, 4}, {8, 4}, {16, 496}}, {{12, 2}});
}

TEST(PageTree, WordsGoAndComeBack) {
  PageTree tree;
  tree.add_chunks(3, 3);
  EXPECT_EQ(tree.allocate(3, 0, 100), 100u);
  tree.free(3, 99, 1);
  const PageTree::WordOfPages taken = tree.take_word(3, 1);
  EXPECT_EQ(~taken.free, (std::uint64_t{1} << 35) - 1);
  EXPECT_EQ(~taken.scavenged, (std::uint64_t{1} << 36) - 1);
  expect_bits(tree, 3, {{0, 128}}, {{128, 384}});
  tree.return_word(3, 1, {.free = std::uint64_t{7} << 36, .scavenged = std::uint64_t{2} << 36});
  expect_bits(tree, 3, {{0, 100}, {103, 25}}, {{101, 1}, {128, 384}});
}

TEST(PageTree, WhatIsNotAsItMustBeIsRefused) {
  if (HEAPLAW_INVARIANTS < 1) GTEST_SKIP() << "needs invariants";
  PageTree tree;
  tree.add_chunks(3, 3);
  take(tree, 3, 0, 8);
  EXPECT_THROW(tree.allocate(3, 7, 2), CheckFailure);
  EXPECT_THROW(tree.free(3, 7, 2), CheckFailure);
  EXPECT_THROW(tree.release(3, {7, 2}), CheckFailure);
  EXPECT_THROW(tree.release(3, {8, 1}), CheckFailure);  // released before
  EXPECT_THROW(tree.return_word(3, 0, {.free = 1 << 8}), CheckFailure);
}

TEST(PageTree, FullChunksShareOneBitmap) {
  PageTree tree;
  tree.add_chunks(1 << 18, (1 << 18) + 4095);
  EXPECT_TRUE(tree.find(1, 0));  // so that its lists are as long as they get
  const Bytes untouched = tree.metadata();
  for (std::uint64_t c = 1 << 18; c < (1 << 18) + 4096; ++c) {
    for (unsigned page = 0; page < 512; page += 128) take(tree, c, page, 128);
    EXPECT_EQ(tree.find(1, 0).has_value(), c < (1 << 18) + 4095);
  }
  EXPECT_LE(tree.metadata().raw(), untouched.raw() + 1024);
  tree.check_invariants();
}

TEST(PageTree, AStaleSummaryIsFound) {
  if (HEAPLAW_INVARIANTS < 2) GTEST_SKIP() << "needs full invariants";
  PageTree tree;
  tree.add_chunks(3, 3);
  EXPECT_TRUE(tree.find(1, 0));
  PageTreeFaults::allocated(tree, 3).set(0);
  PageTreeFaults::scavenged(tree, 3).clear(0);
  EXPECT_THROW(tree.check_invariants(), CheckFailure);
  take(tree, 3, 1, 1);  // says that the chunk has changed
  tree.check_invariants();
  PageTreeFaults::scavenged(tree, 3).set(0);  // in use and with the operating system
  EXPECT_THROW(tree.check_invariants(), CheckFailure);
}

// A full chunk whose summary promises a page must be noticed, not searched for ever.
TEST(PageTree, ASummaryThatPromisesTooMuchIsFound) {
  PageTree tree;
  tree.add_chunks(3, 3);
  take(tree, 3, 0, 1);
  EXPECT_TRUE(tree.find(1, 0));
  PageTreeFaults::allocated(tree, 3).set_range(0, 512);
  EXPECT_THROW((void)tree.find(1, 0), CheckFailure);
}

// Between chunks far apart lies room for others.
TEST(PageTree, AChunkThatWasNeverAddedIsFoundInUse) {
  if (HEAPLAW_INVARIANTS < 2) GTEST_SKIP() << "needs full invariants";
  PageTree tree;
  tree.add_chunks(3, 3);
  tree.add_chunks(100, 100);
  tree.check_invariants();
  PageTreeFaults::scavenged(tree, 50).set(0);
  EXPECT_FALSE(tree.has_chunk(50));
  EXPECT_THROW(tree.check_invariants(), CheckFailure);
}

TEST(PageTree, InvariantsFindEveryFault) {
  if (HEAPLAW_INVARIANTS < 2) GTEST_SKIP() << "needs full invariants";
  using Faults = PageTreeFaults;
  constexpr std::uint64_t between = 2 << 12;  // two entries of the root have chunks, not this one
  const std::pair<const char*, void (*)(PageTree&)> faults[] = {
      {"summary 1 of level 0 is", [](PageTree& t) { Faults::damage(t, 0, 1 << 12); }},
      // What is wrong below is seen first by what is merged from it.
      {"summary 1 of level 0 is", [](PageTree& t) { Faults::damage(t, 1, 1 << 12); }},
      {"summary 8 of level 1 is", [](PageTree& t) { Faults::damage(t, 2, 1 << 12); }},
      {"summary 64 of level 2 is", [](PageTree& t) { Faults::damage(t, 3, 1 << 12); }},
      {"has a stale summary", [](PageTree& t) { Faults::damage(t, 4, 1 << 12); }},
      {"root entry 2 has free pages", [](PageTree& t) { Faults::damage(t, 0, between); }},
      {"bitmaps have room",
       [](PageTree& t) {
         take(t, 1 << 12, 0, 1);
         Faults::share_bitmap(t, 1 << 12);
       }},
      {"are listed as stale", [](PageTree& t) { Faults::list_as_stale(t, 1 << 12); }},
      {"1 entries have stale chunks, 0 are listed",
       [](PageTree& t) {
         take(t, 1 << 12, 0, 1);
         Faults::forget_what_is_stale(t);
       }},
  };
  for (const auto& [message, damage] : faults) {
    PageTree tree;
    tree.add_chunks(1 << 12, (1 << 12) + 40);
    tree.add_chunks(3 << 12, 3 << 12);
    ASSERT_TRUE(tree.find(1, 0));  // brings the summaries up to date
    tree.check_invariants();
    damage(tree);
    EXPECT_THAT(check_failure_of([&] { tree.check_invariants(); }), testing::HasSubstr(message));
  }
}

TEST(PageTree, ChunksComeDownward) {
  PageTree tree;
  for (std::uint64_t c = 9000; c > 8000; c -= 50) {
    tree.add_chunks(c - 20, c);
    tree.check_invariants();
    EXPECT_EQ(tree.find(1, 0)->address, chunk_base(c - 20));
    EXPECT_EQ(tree.find(21 * chunk_pages, 0)->address, chunk_base(c - 20));
  }
  EXPECT_FALSE(tree.find(21 * chunk_pages + 1, 0));
  EXPECT_FALSE(tree.has_chunk(8975));
}

TEST(PageTree, ATerabyteCostsOneInEightThousand) {
  PageTree tree;
  const std::uint64_t chunks = std::uint64_t{1} << (40 - chunk_shift);
  tree.add_chunks(chunks, 2 * chunks - 1);
  EXPECT_LE(tree.metadata().raw(), (std::uint64_t{1} << 40) / 8192);
  EXPECT_EQ(tree.find(chunks * chunk_pages, 0)->address, chunk_base(chunks));
}

}  // namespace
}  // namespace heaplaw::model
