#include "oracle/tables/table_fields.h"

#include <set>

#include <gtest/gtest.h>

#include "oracle/tables/documented_table.h"

namespace heaplaw::oracle {
namespace {

TEST(TableFields, EveryNumberOfTheNewestEditionIsThereOnce) {
  SizeClassTable table = documented_table(15);
  std::set<TableSpot> spots;
  std::set<std::uint64_t*> values;
  for (const TableField& field : fields_of(table)) {
    spots.insert(field.spot);
    values.insert(field.value);
  }
  constexpr std::size_t rows = 67 * 7, alignments = 7 * 3, constants = 11, arrays = 68 * 3;
  EXPECT_EQ(spots.size(), rows + alignments + constants + arrays + 129 + 249);
  EXPECT_EQ(values.size(), spots.size());
}

TEST(TableFields, WhatIsNotStatedIsLeftOut) {
  SizeClassTable nothing;
  EXPECT_TRUE(fields_of(nothing).empty());
  SizeClassTable table = documented_table(2);
  for (const TableField& field : fields_of(table)) {
    if (field.spot.part == TablePart::row) {
      EXPECT_LT(field.spot.column, 5u);
    }
  }
}

}  // namespace
}  // namespace heaplaw::oracle
