#include "properties/table_corruption.h"

#include <set>

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

SizeClassTable small_table() {
  SizeClassTable table;
  table.at(TableConstant::page_shift) = 13;
  table.sizes = {0, 8};
  table.npages = {0, 1};
  table.magic = std::vector<ShiftMagic>{{}, {.shift = 3, .mul = 1, .base_mask = 65528}};
  table.small_lookup = {0, 1};
  table.large_lookup = {1};
  table.rows = {{.number = 1, .bytes_obj = 8, .max_waste = 8750}};
  table.alignments = {{8, 3, 8}};
  return table;
}

TEST(TableCorruption, ChangesOneNumberAndSaysWhich) {
  Random random(9);
  for (int i = 0; i < 500; ++i) {
    SizeClassTable table = small_table();
    const Corruption corruption = corrupt(table, random);
    EXPECT_NE(table, small_table());
    EXPECT_NE(corruption.before, corruption.after);
    EXPECT_NE(describe(corruption).find(" became "), std::string::npos);
  }
}

TEST(TableCorruption, ReachesEveryNumberThatThereIs) {
  Random random(9);
  std::set<TableSpot> reached;
  for (int i = 0; i < 5000; ++i) {
    SizeClassTable table = small_table();
    reached.insert(corrupt(table, random).spot);
  }
  // a constant, 2 sizes, 2 pages, 2 x 4 of magic, 3 lookups, 6 of a row, 3 of an alignment
  EXPECT_EQ(reached.size(), 1u + 2 + 2 + 8 + 3 + 6 + 3);
}

}  // namespace
}  // namespace heaplaw::properties
