#include "model/pages/chunk_occupancy.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "go_test_tables.h"
#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

using tests::Json;
using enum ScavengeUrgency;

constexpr unsigned dense = 496;

// [base, limit) is taken and given back, chunk by chunk, as Go's test does.
void take_and_free(ChunkOccupancy& index, std::uint64_t base, std::uint64_t limit) {
  while (base < limit) {
    const std::uint64_t end = std::min(limit, chunk_base(chunk_of(base) + 1));
    const auto n = static_cast<unsigned>((end - base) >> page_shift);
    index.allocated(chunk_of(base), n);
    index.freed(chunk_of(base), page_in_chunk(base) + n - 1, n);
    base = end;
  }
}

TEST(ChunkOccupancy, FindsChunksAsGoDoes) {
  const Json table = tests::go_table("scavenge.json");
  const Json& cases = table.at("scavenge_index_go1.27_devel");
  for (const Json& c : cases) {
    ChunkOccupancy index(dense);
    for (const Json& op : c.at("ops")) {
      if (op.at("op") == "mark") {
        take_and_free(index, tests::address_of(op.at("from")).raw(),
                      tests::address_of(op.at("to")).raw());
        index.check_invariants();
        continue;
      }
      if (op.at("op") == "next_gen") {
        index.next_generation();
        continue;
      }
      ASSERT_EQ(op.at("op"), "find");
      const auto got = index.find(op.at("force") ? forced : background);
      ASSERT_EQ(got.has_value(), !op.at("want").is_null()) << c.at("name") << op;
      if (!got) continue;
      EXPECT_EQ(page_address(got->chunk, got->page), tests::address_of(op.at("want")).raw())
          << c.at("name") << op;
      index.set_empty(got->chunk);
    }
  }
  EXPECT_EQ(cases.size(), 16u);
}

// Not before a whole generation has passed without the chunk being dense.
TEST(ChunkOccupancy, ADenseChunkIsLeftAloneInThisGenerationAndTheNext) {
  ChunkOccupancy index(dense);
  index.allocated(7, 512);
  index.next_generation();
  index.freed(7, 99, 100);
  EXPECT_EQ(index.find(background), std::nullopt);  // the cursor has not seen it yet
  index.next_generation();
  EXPECT_EQ(index.find(background), (ScavengePosition{7, 99}));  // unchanged since: sparse enough
  index.allocated(7, 90);                                        // 502 in use
  EXPECT_FALSE(index.may_release(7, background));
  index.freed(7, 200, 90);
  EXPECT_TRUE(index.may_release(7, background));  // was sparse when the generation began
  index.allocated(7, 100);
  index.next_generation();
  index.freed(7, 200, 100);  // was full when the generation began
  EXPECT_FALSE(index.may_release(7, background));
  index.next_generation();
  EXPECT_TRUE(index.may_release(7, background));
}

TEST(ChunkOccupancy, DenseBeginsAt496Pages) {
  ChunkOccupancy index(dense);
  index.allocated(3, 497);
  index.freed(3, 0, 1);
  index.next_generation();
  EXPECT_FALSE(index.may_release(3, background));
  EXPECT_TRUE(index.may_release(3, forced));
  index.freed(3, 1, 1);
  index.next_generation();
  EXPECT_TRUE(index.may_release(3, background));
}

TEST(ChunkOccupancy, AForcedSearchSeesEverythingAtOnce) {
  ChunkOccupancy index(dense);
  index.allocated(10, 512);
  index.allocated(5000, 512);
  index.freed(10, 511, 1);
  EXPECT_EQ(index.find(forced), (ScavengePosition{10, 511}));
  index.freed(5000, 4, 2);
  EXPECT_EQ(index.find(forced), (ScavengePosition{5000, 4}));
  index.set_empty(5000);
  EXPECT_EQ(index.find(forced), (ScavengePosition{10, 511}));
  index.set_empty(10);
  EXPECT_EQ(index.find(forced), std::nullopt);
}

TEST(ChunkOccupancy, AFullChunkHasNothingToRelease) {
  ChunkOccupancy index(dense);
  index.allocated(1, 512);
  index.freed(1, 9, 5);
  EXPECT_TRUE(index.may_release(1, forced));
  index.allocated(1, 5);
  EXPECT_FALSE(index.may_release(1, forced));
  EXPECT_EQ(index.in_use(1), 512u);
  EXPECT_EQ(index.in_use(2), 0u);
}

TEST(ChunkOccupancy, PagesThatAreNotThereAreACheckFailure) {
  ChunkOccupancy index(dense);
  index.allocated(1, 500);
  EXPECT_THROW(index.allocated(1, 13), CheckFailure);
  EXPECT_THROW(index.freed(1, 3, 501), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::model
