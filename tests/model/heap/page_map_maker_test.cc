#include "model/heap/page_map_maker.h"

#include <gtest/gtest.h>

#include "runtime_fixture.h"

namespace heaplaw::model {
namespace {

TEST(PageMapMaker, ShowsSpansCachesAndFreePages) {
  Process p;
  p.alloc(10240_B);
  p.alloc(8_B, ObjectKind::scan);
  p.alloc(200000_B, ObjectKind::scan);
  p.apply(Operation::stack_grow(1, 2_KiB));
  const PageMap map = p.runtime.page_map();
  EXPECT_EQ(map.count(PageUse::object_span), 5_pages + 1_pages + 25_pages);
  EXPECT_EQ(map.count(PageUse::stack_span), 4_pages);
  EXPECT_EQ(map.count(PageUse::cached_scavenged), 54_pages);
  EXPECT_EQ(map.count(PageUse::free_scavenged), Pages{512 - 64 - 25});
  const PageRun* const large = map.find(Address{0xc000000000} + 512_KiB);
  ASSERT_NE(large, nullptr);
  EXPECT_EQ(large->state, (PageState{PageUse::object_span, 0, ObjectKind::scan}));
}

TEST(PageMapMaker, ShowsWhatARecordedStartTookAsOneSpan) {
  const HeapStart start{.region = Address{0xc000200000}, .region_size = 8_MiB};
  const Runtime runtime(Release::parse("go1.19.8"), 1, start);
  const PageMap map = runtime.page_map();
  ASSERT_EQ(map.runs().size(), 2u);
  EXPECT_EQ(map.runs()[0].state.use, PageUse::other_span);
  EXPECT_EQ(map.runs()[0].length, 256_pages);
  EXPECT_EQ(map.runs()[1].state.use, PageUse::free);
  EXPECT_EQ(map.runs()[1].length, 256_pages + 1024_pages);
}

}  // namespace
}  // namespace heaplaw::model
