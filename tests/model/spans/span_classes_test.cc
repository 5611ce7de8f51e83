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
      const SpanClasses::Place place = classes.place_of(size, kind);
      if (placement->way != Placement::Way::small) {
        ASSERT_EQ(place.span_class, 0) << size << " bytes in " << release;
        continue;
      }
      ASSERT_EQ(place.span_class, SpanClasses::join(placement->size_class, kind))
          << size << " bytes in " << release;
      ASSERT_EQ(place.header, placement->header.raw());
    }
  }
}

TEST(SpanClasses, AgreeWithThePlacementRules) { expect_table_agrees("go1.19.8"); }
TEST(SpanClasses, AgreeWithThePlacementRulesWithHeaders) { expect_table_agrees("go1.22"); }

TEST(SpanClasses, KnowSlotsAndPages) {
  const SpanClasses classes(facts_of(Release{19}));
  const SpanShape& small = classes.shape(classes.place_of(16, ObjectKind::noscan).span_class);
  EXPECT_EQ(small.slots, 512);
  EXPECT_EQ(small.pages, 1u);
  const SpanShape& wide = classes.shape(classes.place_of(28672, ObjectKind::scan).span_class);
  EXPECT_EQ(wide.slots, 2);
  EXPECT_EQ(wide.pages, 7u);
  EXPECT_EQ(classes.tiny_class(), classes.place_of(16, ObjectKind::noscan).span_class);
}

}  // namespace
}  // namespace heaplaw::model
