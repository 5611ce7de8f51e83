#include "vocabulary/size_class_table.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(SizeClassTable, ConstantsAreReachedByName) {
  SizeClassTable table;
  EXPECT_FALSE(table.at(TableConstant::page_shift));
  table.at(TableConstant::page_shift) = 13;
  EXPECT_EQ(table.constants[static_cast<std::size_t>(TableConstant::page_shift)], 13u);
}

TEST(SizeClassTable, ASpotDescribesItself) {
  EXPECT_EQ(describe({TablePart::size, 8}), "size of class 8");
  EXPECT_EQ(describe({TablePart::row, 3, 2}), "comment row 3, column 2");
  EXPECT_EQ(describe({}), "the table");
}

}  // namespace
}  // namespace heaplaw
