#include "model/size_class_table.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(SizeClassTable, AnEditionHasItsConstantsAndNoOthers) {
  const SizeClassTable old = size_class_table(size_class_edition(9));
  EXPECT_EQ(old.at(TableConstant::num_size_classes), 68u);
  EXPECT_EQ(old.at(TableConstant::page_shift), 13u);
  EXPECT_FALSE(old.at(TableConstant::max_objs_per_span));
  const SizeClassTable current = size_class_table(size_class_edition(15));
  EXPECT_EQ(current.at(TableConstant::max_objs_per_span), 1024u);
  EXPECT_EQ(current.at(TableConstant::max_size_class_npages), 10u);
  EXPECT_EQ(current.at(TableConstant::tiny_size_class), 2u);
}

TEST(SizeClassTable, AnEditionHasItsColumnsAndNoOthers) {
  EXPECT_TRUE(size_class_table(size_class_edition(1)).rows.empty());
  EXPECT_FALSE(size_class_table(size_class_edition(3)).rows[0].max_waste);
  EXPECT_EQ(size_class_table(size_class_edition(5)).rows[2].max_waste, 4688u);
  EXPECT_FALSE(size_class_table(size_class_edition(5)).rows[2].min_align);
  EXPECT_TRUE(size_class_table(size_class_edition(5)).alignments.empty());
  EXPECT_EQ(size_class_table(size_class_edition(15)).rows[2].min_align, 8u);
}

TEST(SizeClassTable, ReleasesThatComputeAtStartUpHaveATableToo) {
  const SizeClassTable table = size_class_table(facts_of(Release{4}));
  EXPECT_EQ(table.sizes.size(), 67u);
  EXPECT_EQ(table.small_lookup.front(), 1u);
  EXPECT_EQ(table.magic_form, DivideMagicForm::none);
  EXPECT_FALSE(table.at(TableConstant::page_shift));
}

TEST(SizeClassTable, AForkMayUseAnEditionWithItsOwnParameters) {
  const SizeClassTable table = size_class_table(size_class_edition(15), {.page_size = 16_KiB});
  EXPECT_EQ(table.at(TableConstant::page_shift), 14u);
  EXPECT_EQ(table.sizes.size(), table.at(TableConstant::num_size_classes));
}

}  // namespace
}  // namespace heaplaw::model
