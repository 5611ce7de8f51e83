#include "cli/conform/trial.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "corpus_recording.h"
#include "fake_go.h"
#include "oracle/golang/go_error.h"

namespace heaplaw::cli {
namespace {

const Recording& truth() {
  static const Recording recording = corpus_recording("go1.19.8/tiny-1");
  return recording;
}

// What comes of a Go that answers with these recordings in turn.
Trial try_with(const std::vector<Recording>& answers) {
  std::vector<std::string> texts;
  for (const Recording& answer : answers) texts.push_back(print(answer));
  const FakeGo fake("go1.19.8", texts);
  const oracle::Recorder recorder(oracle::toolchain_at(fake.goroot()));
  std::atomic<std::uint64_t> disturbed = 0;
  return try_trace(recorder, truth().trace, disturbed);
}

TEST(Trial, OneRecordingIsEnoughWhereEverybodyAgrees) {
  const Trial trial = try_with({truth()});
  EXPECT_EQ(trial.outcome, Outcome::agrees);
  EXPECT_EQ(trial.recordings, 1u);
  EXPECT_EQ(trial.recording, truth());
  EXPECT_EQ(trial.comparison.model.addresses, 1373u);
  EXPECT_EQ(trial.comparison.naive.addresses, 1373u);
}

TEST(Trial, WhatAllRecordingsSayAgainstAPartyIsItsFault) {
  const Trial trial = try_with({with_wrong_address(truth(), 100)});
  EXPECT_EQ(trial.outcome, Outcome::wrong);
  EXPECT_EQ(trial.recordings, 3u);
  ASSERT_EQ(trial.partings.size(), 3u);
  EXPECT_TRUE(trial.partings[0].same_place(trial.partings[2]));
  EXPECT_EQ(trial.partings[0].divergence.field, "address");
}

TEST(Trial, RecordingsThatDisagreeWithEachOtherAreDisturbed) {
  const Trial trial = try_with({with_wrong_address(truth(), 100), truth()});
  EXPECT_EQ(trial.outcome, Outcome::disturbed);
  EXPECT_EQ(trial.recordings, 3u);
  EXPECT_EQ(trial.partings.size(), 1u);
  EXPECT_EQ(trial.recording, truth()) << "one that agrees counts";
  EXPECT_FALSE(trial.comparison.parting());
}

TEST(Trial, RecordingsThatPartElsewhereEachTimeAreRepeatedUntilOneAgrees) {
  std::vector<Recording> answers;
  for (const std::size_t place : {100u, 200u, 300u, 400u}) {
    answers.push_back(with_wrong_address(truth(), place));
  }
  answers.push_back(truth());
  const Trial trial = try_with(answers);
  EXPECT_EQ(trial.outcome, Outcome::disturbed);
  EXPECT_EQ(trial.recordings, 5u);
  EXPECT_EQ(trial.partings.size(), 4u);
  EXPECT_EQ(trial.recording, truth());
}

TEST(Trial, WhatPartsThriceAtOnePlaceIsWrongWhateverElseHappened) {
  const Trial trial = try_with({with_wrong_address(truth(), 50), with_wrong_address(truth(), 100)});
  EXPECT_EQ(trial.outcome, Outcome::wrong);
  EXPECT_EQ(trial.recordings, 4u);
}

TEST(Trial, NoAgreementInTwelveRecordingsIsWrong) {
  std::vector<Recording> answers;
  for (std::size_t place = 100; place < 220; place += 10) {
    answers.push_back(with_wrong_address(truth(), place));
  }
  const Trial trial = try_with(answers);
  EXPECT_EQ(trial.outcome, Outcome::wrong);
  EXPECT_EQ(trial.recordings, 12u);
}

TEST(Trial, AStartThatNobodyCanHaveIsADivergence) {
  Recording recording = truth();
  recording.syncs[5].address = recording.syncs[5].address + 8_B;
  for (const Party party : {Party::model, Party::naive}) {
    const auto verdict = compare_with(party, recording);
    ASSERT_TRUE(verdict.divergence);
    EXPECT_EQ(verdict.divergence->field, "calibration");
    EXPECT_FALSE(verdict.holds());
  }
}

TEST(Trial, AReleaseWithoutAModelIsRefused) {
  EXPECT_NO_THROW(expect_to_know(Party::model, Release(19, 8)));
  EXPECT_THROW(expect_to_know(Party::model, Release(13)), std::invalid_argument);
  EXPECT_THROW(expect_to_know(Party::naive, Release(13)), std::invalid_argument);
}

TEST(Trial, PartingsAreComparedByPlaceNotByNumbers) {
  const Parting one{Party::model, {.operation_index = 3, .field = "address", .actual = "0x10"}};
  Parting other = one;
  other.divergence.actual = "0x18";
  EXPECT_TRUE(one.same_place(other));
  other.divergence.operation_index = 4;
  EXPECT_FALSE(one.same_place(other));
  EXPECT_FALSE(one.same_place({Party::naive, one.divergence}));
}

}  // namespace
}  // namespace heaplaw::cli
