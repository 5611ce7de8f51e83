#include "model/pages/page_chunk.h"

#include <random>

#include <gtest/gtest.h>

#include "go_test_tables.h"
#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

using tests::Json;

PageBits bits_of(const tests::TableRanges& ranges) {
  PageBits bits;
  for (const auto& [start, n] : ranges) bits.set_range(start, n);
  return bits;
}

void expect_candidate(const Json& c, Bytes huge_page) {
  const PageBits allocated = bits_of(tests::ranges_of(c.at("alloc")));
  const PageBits scavenged = bits_of(tests::ranges_of(c.at("scav")));
  const PageChunk chunk{allocated, scavenged};
  const ChunkRun got = chunk.find_scavenge_candidate(
      c.at("search_page").get<unsigned>(), c.at("min").get<unsigned>(),
      c.at("max").get<std::uint64_t>(), static_cast<unsigned>(huge_page / page_size));
  const Json& want = c.at("want");
  const ChunkRun wanted = want.is_null()
                              ? ChunkRun{}
                              : ChunkRun{want.at(0).get<unsigned>(), want.at(1).get<unsigned>()};
  EXPECT_EQ(got.n, wanted.n) << c;
  if (got.n == 0) return;
  EXPECT_EQ(got.page, wanted.page) << c;
}

TEST(PageChunk, FindsScavengeCandidatesAsGoDoes) {
  const Json table = tests::go_table("pallocbits.json");
  for (const Json& c : table.at("find_scavenge_candidate")) expect_candidate(c, 2_MiB);
  for (const Json& c : table.at("find_scavenge_candidate_other_huge_page_sizes")) {
    expect_candidate(c, Bytes{c.at("phys_huge_page_size").get<std::uint64_t>()});
  }
  EXPECT_EQ(table.at("find_scavenge_candidate").size(), 47u);
  EXPECT_EQ(table.at("find_scavenge_candidate_other_huge_page_sizes").size(), 5u);
}

TEST(PageChunk, AFreeChunkGoesByHugePagesWhateverIsAsked) {
  const PageBits none;
  const PageChunk chunk{none, none};
  EXPECT_EQ(chunk.find_scavenge_candidate(511, 1, 1, 256), (ChunkRun{256, 256}));
  EXPECT_EQ(chunk.find_scavenge_candidate(511, 1, 1, 0), (ChunkRun{511, 1}));
}

// The candidate, page by page.
ChunkRun candidate_slow(const PageChunk& chunk, unsigned search_page, unsigned min, unsigned max,
                        unsigned huge) {
  const auto free = [&](int page) {
    const int group = page / static_cast<int>(min) * static_cast<int>(min);
    for (int p = group; p < group + static_cast<int>(min); ++p) {
      const auto i = static_cast<unsigned>(p);
      if (chunk.allocated.test(i) || chunk.scavenged.test(i)) return false;
    }
    return true;
  };
  int end = static_cast<int>(search_page / 64 * 64 + 64);
  while (end > 0 && !free(end - 1)) --end;
  int bottom = end;
  while (bottom > 0 && free(bottom - 1)) --bottom;
  if (bottom == end) return {};
  const int most = static_cast<int>((std::max(max, 1u) + min - 1) / min * min);
  int start = std::max(bottom, end - most);
  const int h = static_cast<int>(huge);
  if (huge != 0 && (start + h - 1) / h * h <= end && start / h * h >= bottom) start = start / h * h;
  return {static_cast<unsigned>(start), static_cast<unsigned>(end - start)};
}

TEST(PageChunk, TheCandidateEqualsItsSlowTwin) {
  std::mt19937_64 random(21);
  for (int round = 0; round < 20'000; ++round) {
    PageBits allocated;
    PageBits scavenged;
    for (std::uint64_t runs = random() % 8; runs > 0; --runs) {
      const auto page = static_cast<unsigned>(random() % 512);
      const auto n = static_cast<unsigned>(random() % std::min(512 - page, 200u));
      if (random() % 2) {
        allocated.set_range(page, n);
      } else {
        scavenged.set_range(page, n);
      }
    }
    const auto search = static_cast<unsigned>(random() % 512);
    const unsigned min = 1u << random() % 7;
    const auto max = static_cast<unsigned>(random() % (round % 2 ? 513 : 20));
    const unsigned huge = round % 3 == 0 ? 0 : 16u << random() % 6;
    const PageChunk chunk{allocated, scavenged};
    ASSERT_EQ(chunk.find_scavenge_candidate(search, min, max, huge),
              candidate_slow(chunk, search, min, max, huge))
        << "round " << round << " from " << search << " min " << min << " max " << max << " huge "
        << huge;
  }
}

}  // namespace
}  // namespace heaplaw::model
