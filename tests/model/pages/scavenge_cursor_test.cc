#include "model/pages/scavenge_cursor.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(ScavengeCursor, OnlyRisesByFreesAndFallsBySearches) {
  ScavengeCursor cursor;
  EXPECT_EQ(cursor.address(), std::nullopt);
  cursor.raise(page_address(7, 30));
  EXPECT_EQ(cursor.position(), (ScavengePosition{7, 30}));
  cursor.raise(page_address(6, 500));
  EXPECT_EQ(cursor.position(), (ScavengePosition{7, 30}));
  cursor.fall_to(3);
  EXPECT_EQ(cursor.position(), (ScavengePosition{3, 511}));
}

TEST(ScavengeCursor, IsClearedWhenNothingIsLeftUnlessItWasJustRaised) {
  ScavengeCursor cursor;
  cursor.raise(page_address(7, 30));
  cursor.found_nothing();
  EXPECT_EQ(cursor.position(), (ScavengePosition{7, 30}));
  cursor.fall_to(3);
  cursor.found_nothing();
  EXPECT_EQ(cursor.address(), std::nullopt);
}

}  // namespace
}  // namespace heaplaw::model
