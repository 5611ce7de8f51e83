#include "model/placement.h"

#include <limits>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using enum ObjectKind;
using Way = Placement::Way;

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

Placer placer(const char* release, Architecture architecture = Architecture::bits64) {
  return Placer(facts_of(Release::parse(release)), architecture);
}

TEST(Placement, AHeaderMovesPowersOfTwoUpAClass) {
  const Placer p = placer("1.22");
  const std::uint64_t jumps[][2] = {{1024, 1152}, {2048, 2304}, {4096, 4864}, {8192, 9472}};
  for (const auto& [request, slot] : jumps) {
    EXPECT_EQ(p.place(Bytes{request}, scan)->slot, Bytes{slot});
    EXPECT_EQ(p.place(Bytes{request}, scan)->header, 8_B);
    EXPECT_EQ(p.place(Bytes{request}, noscan)->slot, Bytes{request});
  }
  EXPECT_EQ(p.place(32768_B, scan)->way, Way::large);
}

TEST(Placement, TheLargeThresholdMovedForBothKinds) {
  for (const ObjectKind kind : {noscan, scan}) {
    EXPECT_EQ(placer("1.21").place(32768_B, kind)->way, Way::small);
    EXPECT_EQ(placer("1.22").place(32760_B, kind)->way, Way::small);
    EXPECT_EQ(placer("1.22").place(32761_B, kind)->way, Way::large);
    EXPECT_EQ(placer("1.22").place(32761_B, kind)->pages, 4_pages);
  }
}

TEST(Placement, TinyObjectsAreSmallPointerFreeAndOnlyFrom13) {
  EXPECT_EQ(placer("1.2").place(8_B, noscan)->way, Way::small);
  EXPECT_EQ(placer("1.3").place(15_B, noscan)->way, Way::tiny);
  EXPECT_EQ(placer("1.3").place(16_B, noscan)->way, Way::small);
  EXPECT_EQ(placer("1.3").place(8_B, scan)->way, Way::small);
}

TEST(Placement, ZeroBytesShareAnAddressFrom12) {
  EXPECT_EQ(placer("1.2").place(0_B, scan)->way, Way::zero_size);
  EXPECT_EQ(placer("1.0").place(0_B, scan)->slot, 8_B);
}

TEST(Placement, WhatCannotBeRoundedToPagesIsOutOfMemory) {
  const Placer p = placer("1.19");
  EXPECT_TRUE(p.place(Bytes{most - 8192}, noscan));
  EXPECT_FALSE(p.place(Bytes{most - 8191}, noscan));
  EXPECT_FALSE(p.place(Bytes{most}, scan));
  EXPECT_EQ(p.place(Bytes{std::uint64_t{1} << 63}, noscan)->pages, Pages{std::uint64_t{1} << 50});
}

TEST(Placement, RoundUpFollowsItsRelease) {
  const std::uint64_t measured_1_19[][2] = {
      {1, 8},       {9, 16},        {17, 24},       {25, 32},       {33, 48},      {1017, 1024},
      {1025, 1152}, {32767, 32768}, {32768, 32768}, {32769, 40960}, {40961, 49152}};
  for (const auto& [request, rounded] : measured_1_19) {
    EXPECT_EQ(placer("1.19").round_up(Bytes{request}, noscan), Bytes{rounded});
    EXPECT_EQ(placer("1.26").round_up(Bytes{request}, noscan), Bytes{rounded});
  }
  EXPECT_EQ(placer("1.26").round_up(513_B, scan), 568_B);
  EXPECT_FALSE(placer("1.2").round_up(8_B, noscan));
}

TEST(Placement, RoundUpReturnsWhatWouldOverflowUnchanged) {
  for (const char* release : {"1.19", "1.26"}) {
    EXPECT_EQ(placer(release).round_up(Bytes{most}, noscan), Bytes{most}) << release;
    EXPECT_EQ(placer(release).round_up(Bytes{most - 8191}, noscan), Bytes{most - 8191}) << release;
    EXPECT_EQ(placer(release).round_up(Bytes{most - 8192}, noscan), Bytes{most - 8191}) << release;
  }
}

TEST(Placement, OnThirtyTwoBitsTheHeaderBeginsSooner) {
  const Placer p = placer("1.22", Architecture::bits32);
  EXPECT_EQ(p.place(128_B, scan)->usable, 128_B);
  EXPECT_EQ(p.place(129_B, scan)->usable, 136_B);
}

}  // namespace
}  // namespace heaplaw::model
