#include "oracle/naive/picture.h"

#include "driver.h"

namespace heaplaw::oracle {
namespace {

TEST(NaivePicture, everyPageOfTheHeapIsThere) {
  Driver d;
  EXPECT_TRUE(d.runtime.page_map().runs().empty());
  d.alloc(100, ObjectKind::scan);
  d.alloc(200'000);
  d.apply(Operation::stack_grow(1, 32_KiB));
  const PageMap map = d.runtime.page_map();
  EXPECT_EQ(map.at(Address{heap_base}),
            (PageState{.use = PageUse::object_span, .size_class = 9, .object = ObjectKind::scan}));
  EXPECT_EQ(map.count(PageUse::object_span), Pages{26});
  EXPECT_EQ(map.count(PageUse::stack_span), Pages{4});
  EXPECT_EQ(map.count(PageUse::cached_scavenged), Pages{34});
  EXPECT_EQ(map.count(PageUse::free_scavenged), Pages{512 - 64});
}

TEST(NaivePicture, holesAreUnmapped) {
  Driver d;
  d.alloc(100);
  d.apply(Operation::os_fault(OsFault::reserve));
  d.alloc(64 << 20);
  const PageMap map = d.runtime.page_map();
  EXPECT_EQ(map.at(Address{heap_base + (64 << 20) - 8192}).use, PageUse::free_scavenged);
  EXPECT_EQ(map.find(Address{heap_base + (64 << 20)}), nullptr);
  EXPECT_EQ(map.find(Address{0x1c000000000 - 8192}), nullptr);
  EXPECT_TRUE(map.is_span_head(Address{0x1c000000000}));
}

}  // namespace
}  // namespace heaplaw::oracle
