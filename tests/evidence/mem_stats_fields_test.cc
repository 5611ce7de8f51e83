#include "evidence/mem_stats_fields.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(MemStatsFields, HaveAllFiguresOfTheVocabulary) {
  for (const MemStatsField& field : mem_stats_fields()) {
    const StructField* const found = struct_field_named(field.name);
    ASSERT_NE(found, nullptr) << field.name;
    EXPECT_EQ(found->number, field.member) << field.name;
  }
  EXPECT_EQ(struct_field_named("HeapInUse"), nullptr);
}

// JSON keys: formats, 5.
TEST(MemStatsFields, GrewFrom27To32) {
  const auto count_in = [](unsigned minor) {
    return std::ranges::count_if(struct_fields(),
                                 [&](const StructField& f) { return f.since <= minor; });
  };
  EXPECT_EQ(count_in(1), 27);
  EXPECT_EQ(count_in(3), 29);
  EXPECT_EQ(count_in(4), 30);
  EXPECT_EQ(count_in(7), 31);
  EXPECT_EQ(count_in(8), 32);
}

TEST(MemStatsFields, EditionsCoverAllReleasesOnce) {
  for (unsigned minor = oldest_release.minor(); minor <= newest_release.minor(); ++minor) {
    EXPECT_EQ(std::ranges::count_if(struct_editions,
                                    [&](const ReleaseSpan& e) { return e.contains(minor); }),
              1);
  }
}

}  // namespace
}  // namespace heaplaw::evidence
