// Go's own cases for its page allocator, against the list of free runs.
#include <bit>

#include <gtest/gtest.h>

#include "oracle/naive/pages.h"
#include "page_tables.h"

namespace heaplaw::oracle::naive {
namespace {

using tests::go_table;
using tests::Json;

class NaiveTableHeap final : public tests::TableHeap {
 public:
  explicit NaiveTableHeap(std::optional<ScavengeIndex> index) : pages_(256, std::move(index)) {}

  void grow(Address chunk) override { pages_.grow(page_of(chunk), chunk_pages); }
  void make_allocated(Address base, Pages n) override {
    pages_.take(page_of(base), page_of(base) + n.raw());
  }
  void make_unscavenged(Address base, Pages n) override {
    make_allocated(base, n);
    pages_.free(page_of(base), n.raw());
  }

  std::optional<Allocation> alloc(Pages n) override {
    const auto taken = pages_.alloc(n.raw());
    if (!taken) return std::nullopt;
    return Allocation{address_of(taken->start), Bytes{taken->scavenged * page_bytes}};
  }
  void free(Address base, Pages n) override { pages_.free(page_of(base), n.raw()); }
  Bytes scavenge(std::optional<Bytes> want) override {
    const std::uint64_t everything = std::uint64_t{1} << 62;
    const std::uint64_t bytes = want ? want->raw() : everything;
    return Bytes{pages_.scavenge(bytes, ScavengeWay::forced) * page_bytes};
  }
  std::optional<Cache> alloc_to_cache() override {
    const PageCache cache = pages_.take_cache();
    if (cache.free == 0) return std::nullopt;
    return Cache{address_of(cache.base), cache.free, cache.scavenged};
  }
  void flush(const Cache& cache) override {
    pages_.give_back({page_of(cache.base), cache.free, cache.scavenged});
  }

  [[nodiscard]] bool allocated(Address page) const override {
    return pages_.find(page_of(page)) == nullptr;
  }
  [[nodiscard]] bool scavenged(Address page) const override {
    const FreeRun* run = pages_.find(page_of(page));
    return run != nullptr && run->scavenged;
  }
  [[nodiscard]] std::vector<std::pair<Address, Address>> mapped() const override {
    std::vector<std::pair<Address, Address>> ranges;
    for (const PageRange& r : pages_.mapped()) {
      ranges.emplace_back(address_of(r.start), address_of(r.end));
    }
    return ranges;
  }
  void check_invariants() const override { pages_.check_invariants(); }

 private:
  static Page page_of(Address address) { return address.raw() / page_bytes; }
  static Address address_of(Page page) { return Address{page * page_bytes}; }

  NaivePages pages_;
};

std::unique_ptr<tests::TableHeap> make() { return std::make_unique<NaiveTableHeap>(std::nullopt); }
std::unique_ptr<tests::TableHeap> make_indexed() {
  return std::make_unique<NaiveTableHeap>(ScavengeIndex(496));
}

TEST(NaivePagesGoTables, allocationsFreesAndGrowth) {
  std::size_t cases = 0;
  for (const char* file : {"pagealloc-alloc.json", "pagealloc-allocfree.json",
                           "pagealloc-exhaust.json", "pagealloc-free.json"}) {
    cases += tests::run_page_cases(go_table(file).at("cases"), make);
  }
  cases += tests::run_grow_cases(go_table("pagealloc-grow.json").at("cases"), make);
  EXPECT_EQ(cases, 28U);
}

TEST(NaivePagesGoTables, cachesTakenAndGivenBack) {
  const Json table = go_table("pagecache.json");
  EXPECT_EQ(tests::run_flush_cases(table.at("flush"), make), 51U);
  EXPECT_EQ(tests::run_alloc_to_cache_cases(table.at("alloc_to_cache"), make), 4U);
}

TEST(NaivePagesGoTables, allocationsFromACache) {
  const Json cases = go_table("pagecache.json").at("page_cache_alloc");
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const tests::TableHeap::Cache start = tests::cache_of(c.at("cache"));
    PageCache cache{start.base.raw() / page_bytes, start.free, start.scavenged};
    for (const Json& op : c.at("ops")) {
      const auto taken = cache.alloc(op.at("npages").get<std::uint64_t>());
      ASSERT_EQ(!taken, op.at("want_offset").is_null()) << op;
      if (!taken) continue;
      EXPECT_EQ(taken->start - cache.base, op.at("want_offset")) << op;
      EXPECT_EQ(taken->scavenged * page_bytes, op.at("want_scav_bytes")) << op;
    }
  }
  EXPECT_EQ(cases.size(), 6U);
}

TEST(NaivePagesGoTables, releases) {
  const Json table = go_table("scavenge.json");
  EXPECT_EQ(tests::run_page_cases(table.at("page_alloc_scavenge"), make), 4U);
  EXPECT_EQ(tests::run_page_cases(table.at("page_alloc_scavenge"), make_indexed), 4U);
}

void clear(std::array<bool, chunk_pages>& pages, const Json& ranges) {
  for (const tests::TableRange& r : tests::ranges_of(ranges)) {
    std::fill_n(pages.begin() + r.start, r.n, false);
  }
}

std::size_t run_candidates(const Json& cases) {
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    std::array<bool, chunk_pages> can_take{};
    can_take.fill(true);
    clear(can_take, c.at("alloc"));
    clear(can_take, c.at("scav"));
    const std::uint64_t huge = c.value("phys_huge_page_size", std::uint64_t{2} << 20);
    const auto found = scavenge_candidate(can_take, {.from = c.at("search_page"),
                                                     .align = c.at("min"),
                                                     .pages_max = c.at("max"),
                                                     .huge_page = huge / page_bytes});
    const Json got = found ? Json{found->start, found->end - found->start} : Json{};
    EXPECT_EQ(got, c.at("want"));
  }
  return cases.size();
}

TEST(NaivePagesGoTables, candidatesForRelease) {
  const Json table = go_table("pallocbits.json");
  EXPECT_EQ(run_candidates(table.at("find_scavenge_candidate")), 47U);
  EXPECT_EQ(run_candidates(table.at("find_scavenge_candidate_other_huge_page_sizes")), 5U);
}

}  // namespace
}  // namespace heaplaw::oracle::naive
