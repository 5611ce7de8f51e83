#include "model/tiny.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TinyAllocator tiny(const char* release, Architecture architecture = Architecture::bits64) {
  return {facts_of(Release::parse(release)), architecture};
}

constexpr Address first{0x1000};
constexpr Address second{0x2000};

TEST(Tiny, AlignsByTheSizeAlone) {
  const ReleaseFacts facts = facts_of(Release{26});
  const auto align = [&](Bytes size, Architecture a) { return tiny_align(size, a, facts); };
  EXPECT_EQ(align(8_B, Architecture::bits64), 8_B);
  EXPECT_EQ(align(12_B, Architecture::bits64), 4_B);
  EXPECT_EQ(align(12_B, Architecture::bits32), 8_B);
  EXPECT_EQ(align(6_B, Architecture::bits64), 2_B);
  EXPECT_EQ(align(5_B, Architecture::bits64), 1_B);
  EXPECT_EQ(tiny_align(12_B, Architecture::bits32, facts_of(Release{15})), 4_B);
}

TEST(Tiny, FillsTheBlockAndThenAsksForAnother) {
  TinyAllocator t = tiny("1.19");
  EXPECT_FALSE(t.try_place(1_B));
  EXPECT_TRUE(t.place_in(first, 1_B));
  EXPECT_EQ(t.try_place(2_B), first + 2_B);
  EXPECT_EQ(t.try_place(8_B), first + 8_B);
  EXPECT_FALSE(t.try_place(1_B));
}

TEST(Tiny, KeepsTheBlockWithMoreRoom) {
  TinyAllocator t = tiny("1.19");
  t.place_in(first, 4_B);
  EXPECT_FALSE(t.place_in(second, 13_B));
  EXPECT_EQ(t.block(), first);
  EXPECT_EQ(t.try_place(12_B), first + 4_B);
  t.place_in(second, 15_B);
  EXPECT_EQ(t.block(), second);
}

TEST(Tiny, AnEqualRemainderKeepsTheOldBlock) {
  TinyAllocator t = tiny("1.19");
  t.place_in(first, 9_B);
  t.place_in(second, 9_B);
  EXPECT_EQ(t.block(), first);
}

TEST(Tiny, ForgetsItsBlockWhenTold) {
  TinyAllocator t = tiny("1.19");
  t.place_in(first, 1_B);
  t.forget();
  EXPECT_FALSE(t.try_place(1_B));
}

TEST(Tiny, In15NoBlockIsEverKept) {
  TinyAllocator t = tiny("1.5.4");
  t.place_in(first, 1_B);
  EXPECT_FALSE(t.try_place(1_B));
}

}  // namespace
}  // namespace heaplaw::model
