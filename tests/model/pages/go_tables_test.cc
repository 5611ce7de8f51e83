// Go's own cases, run against the model. The counts are those of the corpus: a file that loses its
// cases must not pass.
#include <gtest/gtest.h>

#include "model_table_heap.h"

namespace heaplaw::model {
namespace {

using tests::go_table;

TEST(GoTables, Grow) {
  EXPECT_EQ(run_grow_cases(go_table("pagealloc-grow.json").at("cases"), make_model_heap), 4u);
}

TEST(GoTables, Alloc) {
  EXPECT_EQ(run_page_cases(go_table("pagealloc-alloc.json").at("cases"), make_model_heap), 10u);
}

TEST(GoTables, Exhaust) {
  EXPECT_EQ(run_page_cases(go_table("pagealloc-exhaust.json").at("cases"), make_model_heap), 6u);
}

TEST(GoTables, Free) {
  EXPECT_EQ(run_page_cases(go_table("pagealloc-free.json").at("cases"), make_model_heap), 7u);
}

TEST(GoTables, AllocAndFree) {
  EXPECT_EQ(run_page_cases(go_table("pagealloc-allocfree.json").at("cases"), make_model_heap), 1u);
}

TEST(GoTables, CacheFlush) {
  for (const auto& make : {make_model_heap, make_newest_model_heap}) {
    EXPECT_EQ(run_flush_cases(go_table("pagecache.json").at("flush"), make), 51u);
  }
}

TEST(GoTables, AllocToCache) {
  EXPECT_EQ(
      run_alloc_to_cache_cases(go_table("pagecache.json").at("alloc_to_cache"), make_model_heap),
      4u);
}

TEST(GoTables, Scavenge) {
  for (const auto& make : {make_model_heap, make_newest_model_heap}) {
    EXPECT_EQ(run_page_cases(go_table("scavenge.json").at("page_alloc_scavenge"), make), 4u);
  }
}

}  // namespace
}  // namespace heaplaw::model
