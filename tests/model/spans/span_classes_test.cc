#include "model/spans/span_classes.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

// The table is a shortcut: for every small request it must say what the placement rules say.
void expect_table_agrees(const char* release) {
  const SpanClasses classes(facts_of(Release::parse(release)));
  for (const ObjectKind kind : {ObjectKind::noscan, ObjectKind::scan}) {
    for (std::uint64_t size = 1; size <= classes.small_max(); ++size) {
      const auto placement = classes.placer().place(Bytes{size}, kind);
      ASSERT_TRUE(placement.has_value());
      if (placement->way != Placement::Way::small) continue;
      ASSERT_EQ(classes.of(size, kind), SpanClasses::join(placement->size_class, kind))
          << size << " bytes in " << release;
      ASSERT_EQ(classes.header_of(size, kind), placement->header.raw());
    }
  }
}

TEST(SpanClasses, AgreeWithThePlacementRules) { expect_table_agrees("go1.19.8"); }
TEST(SpanClasses, AgreeWithThePlacementRulesWithHeaders) { expect_table_agrees("go1.22"); }

TEST(SpanClasses, KnowSlotsAndPages) {
  const SpanClasses classes(facts_of(Release{19}));
  const SpanShape& small = classes.shape(classes.of(16, ObjectKind::noscan));
  EXPECT_EQ(small.slots, 512);
  EXPECT_EQ(small.pages, 1u);
  const SpanShape& wide = classes.shape(classes.of(28672, ObjectKind::scan));
  EXPECT_EQ(wide.slots, 2);
  EXPECT_EQ(wide.pages, 7u);
  EXPECT_EQ(classes.tiny_class(), classes.of(16, ObjectKind::noscan));
}

}  // namespace
}  // namespace heaplaw::model
