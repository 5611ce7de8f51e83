#include "model/pages/scavenge_marks.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "go_test_tables.h"

namespace heaplaw::model {
namespace {

using tests::Json;

// [base, limit), chunk by chunk, as the page allocator frees it.
void free(ScavengeMarks& index, std::uint64_t base, std::uint64_t limit) {
  while (base < limit) {
    const std::uint64_t end = std::min(limit, chunk_base(chunk_of(base) + 1));
    index.freed(chunk_of(base), page_in_chunk(base),
                static_cast<unsigned>((end - base) >> page_shift));
    base = end;
  }
}

TEST(ScavengeMarks, FindsChunksAsGoDoes) {
  const Json table = tests::go_table("scavenge.json");
  const Json& cases = table.at("scavenge_index_go1.19.8");
  for (const Json& c : cases) {
    ScavengeMarks index;
    for (const Json& op : c.at("ops")) {
      if (op.at("op") == "mark") {
        free(index, tests::address_of(op.at("from")).raw(), tests::address_of(op.at("to")).raw());
        index.check_invariants();
        continue;
      }
      ASSERT_EQ(op.at("op"), "find");
      const auto got = index.find();
      ASSERT_EQ(got.has_value(), !op.at("want").is_null()) << c.at("name") << op;
      if (!got) continue;
      EXPECT_EQ(page_address(got->chunk, got->page), tests::address_of(op.at("want")).raw())
          << c.at("name") << op;
      index.unmark(got->chunk);
    }
  }
  EXPECT_EQ(cases.size(), 8u);
}

TEST(ScavengeMarks, TheCursorOnlyFallsUntilSomethingIsFreedAboveIt) {
  ScavengeMarks index;
  free(index, chunk_base(100), chunk_base(101));
  free(index, chunk_base(7000), page_address(7000, 3));  // another block
  EXPECT_EQ(index.find(), (ScavengePosition{7000, 2}));
  index.unmark(7000);
  EXPECT_EQ(index.find(), (ScavengePosition{100, 511}));
  free(index, chunk_base(50), chunk_base(51));
  EXPECT_EQ(index.find(), (ScavengePosition{100, 511}));
  free(index, page_address(9000, 5), page_address(9000, 6));
  EXPECT_EQ(index.find(), (ScavengePosition{9000, 5}));
}

TEST(ScavengeMarks, BlocksComeInAnyOrder) {
  ScavengeMarks index;
  free(index, chunk_base(1 << 20), chunk_base((1 << 20) + 1));
  free(index, chunk_base(1 << 10), chunk_base((1 << 10) + 1));
  EXPECT_TRUE(index.marked(1 << 10));
  EXPECT_TRUE(index.marked(1 << 20));
  EXPECT_FALSE(index.marked(3));
  index.unmark(1 << 20);
  EXPECT_EQ(index.find(), (ScavengePosition{1 << 10, 511}));
  index.unmark(1 << 10);
  EXPECT_EQ(index.find(), std::nullopt);
  index.check_invariants();
}

TEST(ScavengeMarks, ARangeAcrossWordsMarksEveryChunk) {
  ScavengeMarks index;
  free(index, page_address(60, 9), page_address(200, 1));
  std::uint64_t chunks = 0;
  while (const auto found = index.find()) {
    EXPECT_EQ(found->chunk, 200 - chunks);
    index.unmark(found->chunk);
    ++chunks;
  }
  EXPECT_EQ(chunks, 141u);
}

}  // namespace
}  // namespace heaplaw::model
