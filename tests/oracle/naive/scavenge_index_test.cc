#include "oracle/naive/scavenge_index.h"

#include <gtest/gtest.h>

#include "page_tables.h"

namespace heaplaw::oracle::naive {
namespace {

using tests::Json;

constexpr Page first = 1 << 20;  // of the table's chunk 0
constexpr std::uint64_t dense = 496;

std::uint64_t nobody(Page) { return 0; }

std::optional<Page> find(ScavengeIndex& index, ScavengeWay way) { return index.find(way, nobody); }

Page page_at(const Json& place) {
  return first + place.at(0).get<Page>() * chunk_pages + place.at(1).get<Page>();
}

// All pages of the range are taken and come free again.
void mark(ScavengeIndex& index, Page start, Page end) {
  const auto first_of = [&](Page chunk) { return std::max(start, chunk); };
  const auto end_of = [&](Page chunk) { return std::min(end, chunk + chunk_pages); };
  for (Page c = start / chunk_pages * chunk_pages; c < end; c += chunk_pages) {
    index.taken(c, 0, end_of(c) - first_of(c));
  }
  for (Page c = start / chunk_pages * chunk_pages; c < end; c += chunk_pages) {
    index.freed(c, end_of(c) - first_of(c), end_of(c) - 1);
  }
}

// Go's own cases. Whatever is found is exhausted at once.
std::size_t run_cases(const Json& cases, ScavengeWay way) {
  std::size_t found = 0;
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    ScavengeIndex index(dense);
    for (const Json& op : c.at("ops")) {
      const std::string name = op.at("op");
      if (name == "mark") {
        mark(index, page_at(op.at("from")), page_at(op.at("to")));
      } else if (name == "next_gen") {
        index.next_generation();
      } else {
        const auto place = find(index, way);
        const Json& want = op.at("want");
        EXPECT_EQ(place, want.is_null() ? std::nullopt : std::optional(page_at(want))) << op;
        if (!place) continue;
        index.exhausted(*place / chunk_pages * chunk_pages);
        ++found;
      }
    }
  }
  return found;
}

TEST(NaiveScavengeIndex, findsWhatGosOwnFinds) {
  const Json table = tests::go_table("scavenge.json");
  EXPECT_EQ(table.at("scavenge_index_go1.27_devel").size(), 16U);
  EXPECT_EQ(run_cases(table.at("scavenge_index_go1.27_devel"), ScavengeWay::growth), 210U);
  // The forced cursor is that of 1.19.
  EXPECT_EQ(run_cases(table.at("scavenge_index_go1.19.8"), ScavengeWay::forced), 108U);
}

// A search that finds nothing forgets where it was, unless its cursor was raised since it last
// moved.
TEST(NaiveScavengeIndex, aRaisedCursorOutlivesASearchInVain) {
  ScavengeIndex index(dense);
  std::uint64_t in_use = dense;
  const auto use = [&](Page) { return in_use; };
  index.taken(first, 0, chunk_pages);
  index.freed(first, chunk_pages, first + 15);
  index.next_generation();
  EXPECT_FALSE(index.find(ScavengeWay::growth, use));
  in_use = 400;
  EXPECT_EQ(index.find(ScavengeWay::growth, use), first + 15);
  // Now one that had to go down to it.
  index.freed(first + chunk_pages, chunk_pages, first + chunk_pages);
  index.next_generation();
  index.exhausted(first + chunk_pages);
  EXPECT_EQ(index.find(ScavengeWay::growth, use), first + chunk_pages - 1);
  in_use = dense;
  EXPECT_FALSE(index.find(ScavengeWay::growth, use));
  in_use = 400;
  EXPECT_FALSE(index.find(ScavengeWay::growth, use));
}

// What is dense now, or was when the generation began, is for forced releases only.
TEST(NaiveScavengeIndex, denseChunksAreLeftAlone) {
  ScavengeIndex index(dense);
  index.taken(first, 0, chunk_pages);
  index.freed(first, chunk_pages, first + 100);
  index.next_generation();
  index.freed(first, dense, first + 200);
  EXPECT_FALSE(find(index, ScavengeWay::growth)) << "it was dense";
  EXPECT_EQ(find(index, ScavengeWay::forced), first + 200);
  index.next_generation();
  EXPECT_EQ(find(index, ScavengeWay::growth), first + 200);
  EXPECT_FALSE(index.find(ScavengeWay::growth, [](Page) { return dense; }));
  index.taken(first, dense, chunk_pages - dense);
  EXPECT_FALSE(find(index, ScavengeWay::forced)) << "it is full";
}

}  // namespace
}  // namespace heaplaw::oracle::naive
