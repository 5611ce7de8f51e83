#include "vocabulary/mem_stats.h"

#include <set>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(MemStats, TheTableHasEveryMemberOnce) {
  // Every number of the structure is behind exactly one field or in by_size.
  EXPECT_EQ(sizeof(MemStats), 8 * mem_stats_fields().size() + by_size_count * sizeof(BySizeEntry));
  MemStats stats;
  std::set<std::string_view> names;
  for (const MemStatsField& field : mem_stats_fields()) {
    EXPECT_EQ(stats.*field.member, 0u) << field.name << " shares a member";
    stats.*field.member = 1;
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_EQ(mem_stats_field_named(field.name), &field);
    EXPECT_FALSE(field.means.empty() || field.source.empty()) << field.name;
  }
  EXPECT_EQ(mem_stats_field_named("HeapUsed"), nullptr);
}

TEST(MemStats, NamesLeadToTheRightMembers) {
  EXPECT_EQ(mem_stats_field_named("HeapInuse")->member, &MemStats::heap_inuse);
  EXPECT_EQ(mem_stats_field_named("MSpanSys")->member, &MemStats::mspan_sys);
  EXPECT_EQ(mem_stats_field_named("NumForcedGC")->member, &MemStats::num_forced_gc);
  EXPECT_EQ(name_of(mem_stats_field_named("NextGC")->unit), "bytes");
  EXPECT_EQ(name_of(mem_stats_field_named("HeapSys")->comparable), "exact in sum");
}

TEST(MemStats, EveryFieldThatDiffersIsFound) {
  for (const MemStatsField& field : mem_stats_fields()) {
    MemStats changed;
    changed.*field.member = 7;
    EXPECT_EQ(differences(MemStats{}, changed),
              (std::vector<MemStatsDifference>{{std::string(field.name), 0, 7, field.comparable}}));
  }
  MemStats changed;
  changed.by_size[60] = {.size = 1, .mallocs = 2, .frees = 3};
  EXPECT_EQ(differences(changed, MemStats{}),
            (std::vector<MemStatsDifference>{{"BySize[60].Size", 1, 0, Comparable::exact},
                                             {"BySize[60].Mallocs", 2, 0, Comparable::exact},
                                             {"BySize[60].Frees", 3, 0, Comparable::exact}}));
  EXPECT_TRUE(differences(changed, changed).empty());
}

TEST(MemStats, WhatCannotBeComparedSoStrictlyIsLeftOut) {
  MemStats changed;
  changed.last_gc = 1;
  changed.heap_released = 1;
  changed.heap_sys = 1;
  changed.heap_alloc = 1;
  EXPECT_EQ(differences({}, changed, Comparable::exact).size(), 1u);
  EXPECT_EQ(differences({}, changed, Comparable::exact_in_sum).size(), 2u);
  EXPECT_EQ(differences({}, changed, Comparable::bounded).size(), 3u);
  EXPECT_EQ(differences({}, changed).size(), 4u);
}

TEST(MemStats, ADifferenceCountsFromItsBaseAndMayFall) {
  MemStats base;
  base.mallocs = 10;
  base.other_sys = 10;
  base.by_size[1] = {.size = 8, .mallocs = 5, .frees = 1};
  MemStats now;
  now.mallocs = 12;
  now.other_sys = 8;
  now.by_size[1] = {.size = 8, .mallocs = 9, .frees = 1};
  const MemStats since = difference_since(base, now);
  EXPECT_EQ(since.mallocs, 2u);
  EXPECT_EQ(since.other_sys, ~std::uint64_t{0} - 1);
  EXPECT_EQ(since.by_size[1], (BySizeEntry{.size = 8, .mallocs = 4, .frees = 0}));
}

}  // namespace
}  // namespace heaplaw
