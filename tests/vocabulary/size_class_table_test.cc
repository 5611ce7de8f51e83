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
  EXPECT_EQ(describe({TablePart::row, 2, 4}), "tail waste in row 3");
  EXPECT_EQ(describe({TablePart::row, 2, 99}), "something in row 3");
  EXPECT_EQ(describe({TablePart::alignment, 0, 1}), "bits in alignment row 1");
  EXPECT_EQ(describe({TablePart::constant, 6}), "constant PageShift");
  EXPECT_EQ(describe({}), "the table");
}

}  // namespace
}  // namespace heaplaw
