#include "oracle/tables/class_finder.h"

#include <gtest/gtest.h>

#include "oracle/tables/documented.h"

namespace heaplaw::oracle {
namespace {

constexpr SizeClass classes[] = {{0_B, 0_pages}, {8_B, 1_pages}, {48_B, 1_pages}, {64_B, 1_pages}};

TEST(ClassFinder, FindsTheFirstClassThatIsLargeEnough) {
  EXPECT_EQ(smallest_class_holding(classes, 1_B), 1u);
  EXPECT_EQ(smallest_class_holding(classes, 8_B), 1u);
  EXPECT_EQ(smallest_class_holding(classes, 9_B), 2u);
  EXPECT_EQ(smallest_class_holding(classes, 64_B), 3u);
}

TEST(ClassFinder, ZeroBytesFitClassZero) { EXPECT_EQ(smallest_class_holding(classes, 0_B), 0u); }

TEST(ClassFinder, WhatNoClassHoldsHasNone) {
  EXPECT_FALSE(smallest_class_holding(classes, 65_B));
  EXPECT_FALSE(smallest_class_holding(classes, Bytes{UINT64_MAX}));
  EXPECT_FALSE(smallest_class_holding({}, 0_B));
}

TEST(ClassFinder, EverySmallSizeHasAClassInEveryTable) {
  for (const DocumentedTable& table : documented_tables()) {
    for (Bytes n = 1_B; n <= 32768_B; n += 1_B) {
      const auto found = smallest_class_holding(table.classes, n);
      ASSERT_TRUE(found) << table.name << n.raw();
      ASSERT_TRUE(table.classes[*found].size >= n && table.classes[*found - 1].size < n)
          << table.name << n.raw();
    }
  }
}

}  // namespace
}  // namespace heaplaw::oracle
