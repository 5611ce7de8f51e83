#include "evidence/profile_top.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "evidence/profile_estimate.h"

namespace heaplaw::evidence {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ProfileRecord record(std::int64_t bytes, std::initializer_list<const char*> functions) {
  ProfileRecord out{.counts = {1, bytes, 2, 3 * bytes}};
  for (const char* function : functions) out.frames.push_back({.pc = 7, .function = function});
  return out;
}

TEST(ProfileTop, FlatIsTheInnermostAndCumTheWholeStack) {
  ProfileTop top(profile_measures[0], 1);
  top.add(record(100, {"leaf", "caller", "main.main"}));
  top.add(record(30, {"caller", "main.main"}));
  EXPECT_EQ(top.total(), 130);
  EXPECT_THAT(top.sorted(false),
              ElementsAre(FunctionShare{"leaf", 100, 100}, FunctionShare{"caller", 30, 130},
                          FunctionShare{"main.main", 0, 130}));
  EXPECT_THAT(top.sorted(true),
              ElementsAre(FunctionShare{"caller", 30, 130}, FunctionShare{"main.main", 0, 130},
                          FunctionShare{"leaf", 100, 100}));
}

TEST(ProfileTop, RecursionCountsOnce) {
  ProfileTop top(profile_measures[0], 1);
  top.add(record(10, {"f", "f", "g", "f"}));
  EXPECT_THAT(top.sorted(false),
              ElementsAre(FunctionShare{"f", 10, 10}, FunctionShare{"g", 0, 10}));
}

TEST(ProfileTop, EachMeasureCountsItsFigure) {
  std::vector<std::int64_t> totals;
  for (const ProfileMeasure& measure : profile_measures) {
    ProfileTop top(measure, 1);
    top.add(record(100, {"f"}));
    totals.push_back(top.total());
  }
  EXPECT_THAT(totals, ElementsAre(100, 300, 1, 2));
}

TEST(ProfileTop, WithoutNamesAddressesStandForCalls) {
  ProfileTop top(profile_measures[0], 1);
  ProfileRecord nameless = record(10, {});
  nameless.stack = {0x1000, 0x2000};
  top.add(nameless);
  EXPECT_THAT(top.sorted(false),
              ElementsAre(FunctionShare{"0xfff", 10, 10}, FunctionShare{"0x1fff", 0, 10}));
}

TEST(ProfileTop, WhatIsGoneIsNotListed) {
  ProfileTop top(profile_measures[0], 1);
  top.add({.counts = {0, 0, 2, 100}});
  EXPECT_EQ(top.records(), 1);
  EXPECT_THAT(top.sorted(false), IsEmpty());
}

// In real profiles every byte is someone's, and no more than all is anyone's.
TEST(ProfileTop, SharesOfRealProfilesAddUp) {
  for (const DumpFile& dump : dumps_named("heap")) {
    const HeapProfile profile = parse_heap_profile(dump.text, dump.name);
    for (const ProfileMeasure& measure : profile_measures) {
      ProfileTop top(measure, profile.header.twice_rate / 2);
      std::int64_t stackless = 0;
      for (const ProfileRecord& record : profile.records) {
        top.add(record);
        if (record.stack.empty() && record.frames.empty()) {
          stackless += estimate_of(record.counts, profile.header.twice_rate / 2).*measure.figure;
        }
      }
      std::int64_t flat = 0;
      for (const FunctionShare& share : top.sorted(false)) {
        flat += share.flat;
        EXPECT_LE(share.flat, share.cum) << dump.name;
        EXPECT_LE(share.cum, top.total()) << dump.name;
      }
      EXPECT_EQ(flat + stackless, top.total()) << dump.name;
    }
  }
}

}  // namespace
}  // namespace heaplaw::evidence
