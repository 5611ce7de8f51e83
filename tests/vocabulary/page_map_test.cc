#include "vocabulary/page_map.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw {
namespace {

constexpr Address base{0xc000000000};
constexpr PageState free_state{.use = PageUse::free};
constexpr PageState stack{.use = PageUse::stack_span};

Address page(std::uint64_t n) { return base + bytes_of(Pages{n}, 8_KiB); }
PageState objects(std::uint8_t size_class) {
  return {.use = PageUse::object_span, .size_class = size_class, .object = ObjectKind::scan};
}

PageMap map_of(std::vector<PageRun> runs) {
  PageMap map;
  for (const PageRun& run : runs) map.append(run.start, run.length, run.state);
  return map;
}

TEST(PageMap, FreeNeighboursMergeAndSpansStayApart) {
  const PageMap map = map_of({{page(0), 1_pages, free_state},
                              {page(1), 2_pages, free_state},
                              {page(3), 1_pages, stack},
                              {page(4), 1_pages, stack}});
  EXPECT_EQ(map.runs().size(), 3u);
  EXPECT_EQ(map.count(PageUse::free), 3_pages);
  EXPECT_EQ(map.count(PageUse::stack_span), 2_pages);
  EXPECT_TRUE(map.is_span_head(page(3)));
  EXPECT_TRUE(map.is_span_head(page(4)));
  EXPECT_FALSE(map.is_span_head(page(0)));
}

TEST(PageMap, EveryPageHasItsState) {
  const PageMap map =
      map_of({{page(1), 2_pages, objects(5)}, {page(9), 1_pages, {.use = PageUse::cached}}});
  EXPECT_EQ(describe_page(map, page(0)), "unmapped");
  EXPECT_EQ(describe_page(map, page(1)), "head of a scan span of class 5");
  EXPECT_EQ(describe_page(map, page(2)), "body of a scan span of class 5");
  EXPECT_EQ(describe_page(map, page(3)), "unmapped");
  EXPECT_EQ(describe_page(map, page(9)), "free, in a page cache");
  EXPECT_EQ(describe_page(map, page(10)), "unmapped");
  EXPECT_EQ(describe(objects(0)), "large scan span");
}

TEST(PageMap, RunsOutOfOrderAreRefused) {
  PageMap map = map_of({{page(4), 2_pages, stack}});
  EXPECT_THROW(map.append(page(5), 1_pages, stack), CheckFailure);
  EXPECT_THROW(map.append(page(0), 1_pages, stack), CheckFailure);
  EXPECT_THROW(map.append(page(6) + 1_B, 1_pages, stack), CheckFailure);
  EXPECT_THROW(map.append(page(6), 1_pages, {.use = PageUse::free, .size_class = 3}), CheckFailure);
  map.append(page(6), 0_pages, stack);
  EXPECT_EQ(map.runs().size(), 1u);
}

TEST(PageMap, TheFirstPageThatDiffersIsFound) {
  const PageMap map = map_of({{page(0), 4_pages, free_state}, {page(4), 2_pages, stack}});
  EXPECT_EQ(first_difference(map, map), std::nullopt);
  const std::pair<PageMap, std::uint64_t> others[] = {
      {map_of({}), 0},
      {map_of({{page(0), 4_pages, free_state}}), 4},
      {map_of({{page(1), 3_pages, free_state}, {page(4), 2_pages, stack}}), 0},
      {map_of({{page(0), 3_pages, free_state}, {page(4), 2_pages, stack}}), 3},
      {map_of({{page(0), 5_pages, free_state}}), 4},
      {map_of({{page(0), 4_pages, free_state}, {page(4), 2_pages, objects(1)}}), 4},
      // The same pages, but two spans of one page.
      {map_of(
           {{page(0), 4_pages, free_state}, {page(4), 1_pages, stack}, {page(5), 1_pages, stack}}),
       5},
      {map_of(
           {{page(0), 4_pages, free_state}, {page(4), 2_pages, stack}, {page(7), 1_pages, stack}}),
       7},
  };
  for (const auto& [other, expected] : others) {
    EXPECT_EQ(first_difference(map, other), page(expected));
    EXPECT_EQ(first_difference(other, map), page(expected));
    EXPECT_NE(map, other);
  }
}

TEST(PageMap, ClassesAndKindsDiffer) {
  const PageMap map = map_of({{page(0), 1_pages, objects(5)}});
  EXPECT_EQ(first_difference(map, map_of({{page(0), 1_pages, objects(6)}})), page(0));
  EXPECT_EQ(first_difference(
                map, map_of({{page(0), 1_pages, {.use = PageUse::object_span, .size_class = 5}}})),
            page(0));
}

}  // namespace
}  // namespace heaplaw
