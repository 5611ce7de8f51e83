#include "vocabulary/snapshot.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(Snapshot, KnowsWhichFieldsWerePrinted) {
  Snapshot s;
  EXPECT_TRUE(s.has.empty());
  s.set(&MemStats::heap_idle, 8192);
  s.set(&MemStats::heap_inuse, 0);
  EXPECT_EQ(s.stats.heap_idle, 8192);
  EXPECT_EQ(s.has.size(), 2);
  EXPECT_TRUE(s.has.contains(&MemStats::heap_inuse));
  EXPECT_FALSE(s.has.contains(&MemStats::heap_sys));
  EXPECT_EQ(s.has.names(), "HeapIdle, HeapInuse");
}

TEST(Snapshot, SaysWhatALawMisses) {
  Snapshot s;
  s.set(&MemStats::heap_idle, 1);
  const FieldSet needed{&MemStats::heap_idle, &MemStats::heap_released};
  EXPECT_FALSE(s.has.covers(needed));
  EXPECT_EQ(needed.without(s.has).names(), "HeapReleased");
  EXPECT_TRUE(FieldSet::all().covers(needed));
  EXPECT_TRUE(FieldSet::all().covers(FieldSet::by_size()));
  EXPECT_EQ(FieldSet::by_size().names(), "BySize");
}

TEST(Snapshot, EveryFieldHasItsNumber) {
  for (const MemStatsField& field : mem_stats_fields()) {
    EXPECT_EQ(&mem_stats_fields()[field_number(field.member)], &field);
  }
}

TEST(Snapshot, TellsTheReleaseByItsFields) {
  Snapshot s;
  EXPECT_EQ(releases_of(s), ReleaseSpan{});
  s.set(&MemStats::gc_sys, 0);
  EXPECT_EQ(releases_of(s), ReleaseSpan::since(2));
  s.pause_end.push_back(0);
  EXPECT_EQ(releases_of(s), ReleaseSpan::since(4));
  s.gc_cpu_fraction = 0;
  EXPECT_EQ(releases_of(s), ReleaseSpan::since(5));
  s.set(&MemStats::num_forced_gc, 0);
  EXPECT_EQ(releases_of(s), ReleaseSpan::since(8));
  s.max_rss = 1;
  EXPECT_EQ(releases_of(s), ReleaseSpan::since(15));
}

TEST(Snapshot, TellsTheReleaseByItsFigures) {
  Snapshot s;
  s.set(&MemStats::lookups, 0);
  EXPECT_EQ(releases_of(s), ReleaseSpan{});
  s.set(&MemStats::lookups, 7);
  EXPECT_EQ(releases_of(s), (ReleaseSpan{0, 10}));
  s.has.insert(FieldSet::by_size());
  s.stats.by_size.back().size = 19072;
  EXPECT_EQ(releases_of(s), (ReleaseSpan{8, 10}));
  s.stats.by_size.back().size = 18432;
  EXPECT_TRUE(releases_of(s).empty());  // lookups ended before that table
}

}  // namespace
}  // namespace heaplaw
