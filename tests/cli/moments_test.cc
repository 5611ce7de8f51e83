#include "cli/explain/moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "evidence/evidence_reader.h"

namespace heaplaw::cli {
namespace {

using evidence::Bounds;

constexpr std::uint64_t mib = 1024 * 1024;

std::vector<Moment> moments_of(std::string_view text) {
  std::vector<Moment> all;
  Moments moments([&](Moment&& moment) { all.push_back(std::move(moment)); });
  evidence::read_evidence(text, moments);
  EXPECT_EQ(moments.count(), all.size());
  return all;
}

TEST(Moments, EachSnapshotIsOne) {
  const auto all = moments_of(read_dump("go1.19.8/17-memstats-seq.jsonl"));
  ASSERT_EQ(all.size(), 7);
  EXPECT_EQ(all[6].number, 7);
  EXPECT_EQ(all[6].line, 7);
  EXPECT_EQ(all[6].form, "JSON");
  EXPECT_FALSE(all[0].inuse_peak);
  EXPECT_GT(*all[6].inuse_peak, all[6].figures.heap_inuse->upper);
}

TEST(Moments, AProfileIsEstimatedBeforeItsSection) {
  const auto all = moments_of(read_dump("go1.19.8/09-heap-rate1.txt"));
  ASSERT_EQ(all.size(), 1);
  ASSERT_TRUE(all[0].figures.sampled_live);
  // At rate 1 the profile is exact, and it is of the last collection.
  EXPECT_LE(all[0].figures.sampled_live->upper, all[0].figures.heap_alloc->upper);
  EXPECT_TRUE(all[0].max_rss);
}

TEST(Moments, AProfileWithoutSamplingEstimatesNothing) {
  const auto all = moments_of(read_dump("go1.19.8/15-heap-rate0.txt"));
  ASSERT_EQ(all.size(), 1);
  EXPECT_FALSE(all[0].figures.sampled_live);
}

TEST(Moments, LinesOfATraceKeepWhatStillHolds) {
  const auto all = moments_of(
      "gc 10 @16.335s 0%: 0.004+1.0+0.004 ms clock, 0.016+0/1.0/2.9+0.016 ms cpu, 1006->1006->0 "
      "MB, "
      "1784 MB goal, 4 P (forced)\n"
      "scvg: 1 MB released\n"
      "scvg: inuse: 835, idle: 188, sys: 1023, released: 17, consumed: 1005 (MB)\n");
  ASSERT_EQ(all.size(), 2);
  EXPECT_EQ(all[0].figures.heap_alloc, Bounds::floored(1006, mib));
  EXPECT_EQ(all[1].figures.heap_inuse, Bounds::floored(835, mib));
  EXPECT_EQ(all[1].figures.marked, Bounds::floored(0, mib));
  EXPECT_FALSE(all[1].figures.heap_alloc);
  EXPECT_EQ(all[1].figures.releases, (ReleaseSpan{13, 13}));
}

TEST(Moments, WhatTellsNothingOfMemoryIsNone) {
  EXPECT_TRUE(moments_of("GC forced\nNumGC: 7\nhello\n").empty());
}

TEST(Moments, RemembersWhatCouldNotBeTaken) {
  Moments moments([](Moment&&) {});
  evidence::read_evidence("\ngc 5 @0.1s 0%: 3\n", moments);
  EXPECT_EQ(moments.refused_line(), 2);
  EXPECT_FALSE(moments.refused().empty());
}

}  // namespace
}  // namespace heaplaw::cli
