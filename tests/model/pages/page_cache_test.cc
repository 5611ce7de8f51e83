#include "model/pages/page_cache.h"

#include <gtest/gtest.h>

#include "go_test_tables.h"
#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

using tests::bits_of;
using tests::Json;

TEST(PageCache, AllocatesAsGoDoes) {
  const Json table = tests::go_table("pagecache.json");
  std::size_t allocations = 0;
  for (const Json& c : table.at("page_cache_alloc")) {
    const Json& start = c.at("cache");
    const Address base = tests::address_of(start.at("base"));
    // The table also has scavenged pages that are in use, which no cache taken from a heap has.
    const std::uint64_t free = bits_of(start.at("cache"));
    PageCache cache(base, free, bits_of(start.at("scav")) & free);
    for (const Json& op : c.at("ops")) {
      ++allocations;
      const auto got = cache.alloc(Pages{op.at("npages").get<std::uint64_t>()});
      ASSERT_EQ(got.has_value(), !op.at("want_offset").is_null()) << c.at("name") << op;
      if (!got) continue;
      EXPECT_EQ((got->address - base) / page_size, op.at("want_offset")) << c.at("name") << op;
      EXPECT_EQ(bytes_of(got->scavenged, page_size).raw(), op.at("want_scav_bytes"))
          << c.at("name") << op;
    }
  }
  EXPECT_EQ(table.at("page_cache_alloc").size(), 6u);
  EXPECT_EQ(allocations, 31u);
}

TEST(PageCache, ARunThatDoesNotFitLeavesTheCacheAsItWas) {
  PageCache cache(Address{1 << 20}, 0b1011'0111, 0b1000'0001);
  EXPECT_EQ(cache.alloc(4_pages), std::nullopt);
  EXPECT_FALSE(cache.empty());
  EXPECT_EQ(cache.free_pages(), 6_pages);
  EXPECT_EQ(cache.scavenged_pages(), 2_pages);
  EXPECT_EQ(cache.alloc(65_pages), std::nullopt);
}

TEST(PageCache, ScavengedPagesAreFree) {
  if (HEAPLAW_INVARIANTS < 1) GTEST_SKIP() << "needs invariants";
  EXPECT_THROW(PageCache(Address{}, 0b01, 0b11), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::model
