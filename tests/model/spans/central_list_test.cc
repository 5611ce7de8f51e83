#include "model/spans/central_list.h"

#include <set>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

// SP-14: nothing is moved when a cycle begins; the sets change their roles.
TEST(CentralList, WhatWasSweptIsUnsweptOneCycleLater) {
  CentralList list;
  list.partial_swept(4).spans.push(1);
  list.full_swept(4).spans.push(2);
  EXPECT_EQ(list.partial_unswept(6).spans.at(0), 1u);
  EXPECT_EQ(list.full_unswept(6).spans.at(0), 2u);
  EXPECT_TRUE(list.partial_swept(6).spans.empty());
  EXPECT_TRUE(list.full_swept(6).spans.empty());
}

TEST(CentralList, TwoCyclesLaterTheRolesAreTheOldOnes) {
  CentralList list;
  for (std::uint32_t generation = 0; generation < 12; generation += 2) {
    EXPECT_EQ(&list.partial_swept(generation), &list.partial_swept(generation + 4));
    EXPECT_EQ(&list.full_unswept(generation), &list.full_unswept(generation + 4));
    EXPECT_NE(&list.partial_swept(generation), &list.partial_swept(generation + 2));
  }
}

TEST(CentralList, HasFourSetsAtAnyTime) {
  CentralList list;
  const std::set<CountedSpanSet*> sets = {&list.partial_swept(2), &list.partial_unswept(2),
                                          &list.full_swept(2), &list.full_unswept(2)};
  EXPECT_EQ(sets.size(), 4u);
}

}  // namespace
}  // namespace heaplaw::model
