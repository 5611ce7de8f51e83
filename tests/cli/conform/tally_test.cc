#include "cli/conform/tally.h"

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

using oracle::Held;

const oracle::RecordingVerdict one = {
    .operations = 10,
    .addresses = 5,
    .snapshots = 2,
    .law_evaluations = 7,
    .fields = {{"Alloc", Held::exact, 2}, {"Sys", Held::bounded, 2, 4096}}};
const oracle::RecordingVerdict other = {
    .operations = 1,
    .addresses = 1,
    .snapshots = 1,
    .law_evaluations = 1,
    .fields = {{"Sys", Held::bounded, 1, 64}, {"NextGC", Held::by_rule, 1}}};

TEST(ConformTally, SumsUpAndKeepsTheLargestSlack) {
  ConformTally tally;
  tally.add(one);
  tally.add(other);
  EXPECT_EQ(tally.traces, 2u);
  EXPECT_EQ(tally.operations, 11u);
  EXPECT_EQ(tally.addresses, 6u);
  EXPECT_EQ(tally.snapshots, 3u);
  EXPECT_EQ(tally.law_evaluations, 8u);
  EXPECT_EQ(tally.fields_held(Held::exact), 2u);
  EXPECT_EQ(tally.fields_held(Held::bounded), 3u);
  EXPECT_EQ(tally.fields_held(Held::by_rule), 1u);
  EXPECT_EQ(tally.slack_of("Sys"), 4096u);
  EXPECT_EQ(tally.slack_of("NextGC"), std::nullopt) << "not bounded";
}

TEST(ConformTally, OfKindsIsTheTallyOfAll) {
  ConformTally first, second, all;
  first.add(one);
  second.add(other);
  all.add(first);
  all.add(second);
  EXPECT_EQ(all.traces, 2u);
  EXPECT_EQ(all.addresses, 6u);
  EXPECT_EQ(all.fields_held(Held::bounded), 3u);
}

}  // namespace
}  // namespace heaplaw::cli
