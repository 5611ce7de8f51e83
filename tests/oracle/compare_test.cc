#include "oracle/recording/compare.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "oracle/naive/runtime.h"
#include "oracle/recording/recorded_process.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;
constexpr auto noscan = ObjectKind::noscan;

// Played by a naive runtime, so that another one must agree with it.
Recording made_recording(const Release& release = Release(19, 8)) {
  Recording recording{.os = "linux", .architecture = "amd64"};
  recording.region = Address{0xc000400000};
  recording.region_size = 512_MiB;
  recording.syncs = {{8192_B, noscan, Address{0xc000400000}}};
  recording.trace.release = release;
  recording.trace.operations = {Op::read_memstats(),
                                Op::alloc(1, 100_B, noscan),
                                Op::alloc(2, 40000_B, noscan),
                                Op::alloc(3, 8_B, noscan),
                                Op::drop(2),
                                Op::gc(),
                                Op::read_memstats(),
                                Op::alloc(4, 40000_B, noscan),
                                Op::drop(1),
                                Op::free_os_memory(),
                                Op::read_memstats()};
  NaiveRuntime naive(recording.trace.release, 1, start_of(recording));
  for (const Op& operation : recording.trace.operations) {
    const Observation observation = naive.apply(operation);
    recording.addresses.push_back(observation.address);
    if (observation.stats) recording.stats.push_back(*observation.stats);
  }
  return recording;
}

RecordingVerdict compare_naive(const Recording& recording) {
  const Recording whole = made_recording(recording.trace.release);
  NaiveRuntime naive(recording.trace.release, 1, start_of(whole));
  return compare(recording, naive);
}

std::string field_of(const RecordingVerdict& verdict) {
  return verdict.divergence ? verdict.divergence->field : "none";
}

TEST(Compare, ARecordingOfTheSameRuntimeHolds) {
  const RecordingVerdict verdict = compare_naive(made_recording());
  EXPECT_TRUE(verdict.holds()) << report(*verdict.divergence);
  EXPECT_EQ(verdict.operations, 11u);
  EXPECT_EQ(verdict.addresses, 4u);
  EXPECT_EQ(verdict.snapshots, 2u);
  EXPECT_GT(verdict.law_evaluations, 100u);
  EXPECT_GT(verdict.span_fills_possible, 0u);
}

// From 1.21 on a release may pass over chunks, so that what it leaves is only reported.
TEST(Compare, WhatAReleaseLeavesIsJudgedWhereItIsARule) {
  for (const auto& [release, how] : {std::pair{Release(20, 14), Held::by_rule},
                                     {Release(21, 13), Held::bounded},
                                     {Release(26, 4), Held::bounded}}) {
    Recording recording = made_recording(release);
    EXPECT_TRUE(compare_naive(recording).holds()) << release.name();
    recording.stats[2].heap_released -= std::uint64_t{200} * 8192;
    const RecordingVerdict verdict = compare_naive(recording);
    EXPECT_EQ(verdict.holds(), how == Held::bounded) << release.name();
    const auto tally =
        std::ranges::find(verdict.fields, "HeapReleased after release", &FieldTally::field);
    ASSERT_EQ(tally != verdict.fields.end(), how == Held::bounded);
    if (how == Held::bounded) {
      EXPECT_GE(tally->slack, 190U * 8192);
    }
  }
}

struct Plant {
  std::string_view field;
  std::size_t operation;
  void (*break_it)(Recording&);
};

// Spoils the second snapshot and, so that no law is broken, whatever must agree with it.
TEST(Compare, EachSpoiledNumberIsFoundWhereItStands) {
  const Plant plants[] = {
      {"address", 2, [](Recording& r) { r.addresses[2] = r.addresses[2] + 8_KiB; }},
      {"TotalAlloc", 6, [](Recording& r) { r.stats[1].total_alloc += 8; }},
      {"BySize[1]", 6,
       [](Recording& r) {
         ++r.stats[1].by_size[1].mallocs;
         ++r.stats[1].by_size[1].frees;
       }},
      {"HeapSys + StackInuse + work buffers", 6,
       [](Recording& r) {
         r.stats[1].heap_sys += 8192;
         r.stats[1].heap_idle += 8192;
         r.stats[1].sys += 8192;
       }},
      {"MSpanInuse", 6,
       [](Recording& r) {
         const std::uint64_t less = r.stats[1].mspan_inuse / 144 / 2 * 144;
         r.stats[1].mspan_inuse -= less + 144 * 7;
       }},
      {"HeapIdle - HeapReleased", 10,
       [](Recording& r) { r.stats[2].heap_released -= std::uint64_t{200} * 8192; }},
      {"HeapIdle", 6, [](Recording& r) { r.stats[1].heap_idle += 8192; }},
  };
  for (const Plant& plant : plants) {
    Recording recording = made_recording();
    plant.break_it(recording);
    const RecordingVerdict verdict = compare_naive(recording);
    EXPECT_FALSE(verdict.holds()) << plant.field;
    if (plant.field != "HeapIdle") {
      EXPECT_EQ(field_of(verdict), plant.field);
    } else {
      EXPECT_EQ(verdict.divergence->law, "heap-sys-is-sum");
    }
    EXPECT_EQ(verdict.divergence->operation_index, plant.operation) << plant.field;
  }
}

TEST(Compare, AddressesAreRelativeToTheRegion) {
  Recording moved = made_recording();
  for (Address& address : moved.addresses) {
    if (address != Address{}) address = address + 64_MiB;
  }
  moved.region = moved.region + 64_MiB;
  NaiveRuntime naive(moved.trace.release, 1, start_of(made_recording()));
  EXPECT_TRUE(compare(moved, naive, made_recording().region).holds());
}

TEST(Compare, ARecordingWithoutAddressesOrSnapshotsProvesNothing) {
  Recording recording = made_recording();
  for (Address& address : recording.addresses) address = {};
  EXPECT_FALSE(compare_naive(recording).holds());
  EXPECT_EQ(field_of(compare_naive(recording)), "none");
}

TEST(RecordedProcess, SaysAgainWhatWasRecorded) {
  const Recording recording = made_recording();
  RecordedProcess process(recording);
  EXPECT_EQ(process.name(), "recorded go1.19.8");
  std::size_t snapshot = 0;
  for (std::size_t i = 0; i < recording.trace.operations.size(); ++i) {
    const Observation observation = process.apply(recording.trace.operations[i]);
    EXPECT_EQ(observation.address, recording.addresses[i]);
    if (observation.stats) {
      EXPECT_EQ(*observation.stats, recording.stats[snapshot++]);
    }
  }
  EXPECT_EQ(snapshot, 3u);
  EXPECT_EQ(process.mem_stats(), recording.stats.back());
  EXPECT_THROW((void)process.apply(Op::gc()), CheckFailure);
}

TEST(RecordedProcess, RefusesAnOtherHistory) {
  const Recording recording = made_recording();
  RecordedProcess process(recording);
  EXPECT_THROW((void)process.apply(Op::gc()), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::oracle
