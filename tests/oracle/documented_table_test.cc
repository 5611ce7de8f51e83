#include "oracle/tables/documented_table.h"

#include <gtest/gtest.h>

#include "vocabulary/size_class_edition.h"

namespace heaplaw::oracle {
namespace {

TEST(DocumentedTable, AnEditionStatesItsConstants) {
  const SizeClassTable oldest = documented_table(1);
  EXPECT_EQ(oldest.at(TableConstant::num_size_classes), 67u);
  EXPECT_FALSE(oldest.at(TableConstant::max_objs_per_span));
  const SizeClassTable newest = documented_table(15);
  EXPECT_EQ(newest.at(TableConstant::num_size_classes), 68u);
  EXPECT_EQ(newest.at(TableConstant::max_objs_per_span), 1024u);
  EXPECT_EQ(newest.at(TableConstant::max_size_class_npages), 10u);
  EXPECT_EQ(newest.at(TableConstant::tiny_size_class), 2u);
}

TEST(DocumentedTable, AnEditionPrintsItsColumnsOnly) {
  EXPECT_TRUE(documented_table(1).rows.empty());
  EXPECT_FALSE(documented_table(3).rows.at(0).max_waste);
  EXPECT_EQ(documented_table(4).rows.at(0).max_waste, 8750u);
  EXPECT_FALSE(documented_table(6).rows.at(0).min_align);
  EXPECT_TRUE(documented_table(6).alignments.empty());
  EXPECT_EQ(documented_table(9).rows.back().min_align, 8192u);
  EXPECT_EQ(documented_table(9).alignments.back(), (AlignmentRow{8192, 13, 32768}));
  EXPECT_EQ(documented_table(8).rows.back().min_align, 32768u);
  EXPECT_EQ(documented_table(8).alignments.back(), (AlignmentRow{32768, 15, 32768}));
}

TEST(DocumentedTable, LookupsMeetAtTheSplit) {
  const SizeClassTable table = documented_table(15);
  ASSERT_EQ(table.small_lookup.size(), 129u);
  ASSERT_EQ(table.large_lookup.size(), 249u);
  EXPECT_EQ(table.small_lookup.front(), 0u);
  EXPECT_EQ(table.small_lookup.back(), 32u);
  EXPECT_EQ(table.large_lookup.front(), 32u);
  EXPECT_EQ(table.large_lookup.back(), 67u);
  EXPECT_EQ(documented_table(1).small_lookup.back(), 31u);
}

TEST(DocumentedTable, StartUpFilledLookupsByWalking) {
  const SizeClassTable table = documented_table(facts_of(Release{5}));
  EXPECT_EQ(table.small_lookup.front(), 1u);
  EXPECT_EQ(table.small_lookup.back(), 0u);
  EXPECT_TRUE(table.rows.empty());
  EXPECT_FALSE(table.at(TableConstant::page_shift));
  EXPECT_EQ(table.sizes.size(), 67u);
  EXPECT_EQ(documented_table(facts_of(Release{2})).sizes.size(), 61u);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(documented_table(facts_of(Release{4})).magic));
}

TEST(DocumentedTable, AReleaseHasTheTableOfItsEdition) {
  EXPECT_EQ(documented_table(facts_of(Release{22})), documented_table(10));
  EXPECT_NE(documented_table(9), documented_table(10));
}

}  // namespace
}  // namespace heaplaw::oracle
