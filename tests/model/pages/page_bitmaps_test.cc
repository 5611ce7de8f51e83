#include "model/pages/page_bitmaps.h"

#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

// Reaches inside, to damage what the invariants guard.
struct PageBitmapsFaults {
  static PageBitmaps::Ref ref(std::uint16_t index) { return PageBitmaps::Ref{index}; }
  static auto& unused(PageBitmaps& bitmaps) { return bitmaps.unused_; }
  static std::size_t room(const PageBitmaps& bitmaps) { return bitmaps.own_.size(); }
};

namespace {

using Ref = PageBitmaps::Ref;

TEST(PageBitmaps, UniformOnesTakeNoRoom) {
  PageBitmaps bitmaps;
  Ref ref;
  EXPECT_EQ(bitmaps.count(ref, 0, 512), 0u);
  bitmaps.set_range(ref, 0, 512);
  EXPECT_EQ(ref, Ref::ones());
  EXPECT_EQ(bitmaps.count(ref, 7, 100), 100u);
  bitmaps.set_range(ref, 3, 4);  // no change
  bitmaps.clear_range(ref, 0, 512);
  bitmaps.clear_range(ref, 3, 4);  // nor this
  EXPECT_EQ(ref, Ref::zeros());
  EXPECT_EQ(bitmaps.metadata(), Bytes{});
}

TEST(PageBitmaps, RoomIsGivenBackAndUsedAgain) {
  PageBitmaps bitmaps;
  std::vector<Ref> refs(100, Ref::ones());
  for (int round = 0; round < 3; ++round) {
    for (Ref& ref : refs) {
      bitmaps.clear_range(ref, 17, 1);
      EXPECT_EQ(bitmaps.count(ref, 0, 512), 511u);
      bitmaps.settle(ref);
      EXPECT_FALSE(ref.uniform());
      bitmaps.changing(ref).set(17);
      bitmaps.settle(ref);
      EXPECT_EQ(ref, Ref::ones());
    }
  }
  EXPECT_EQ(PageBitmapsFaults::room(bitmaps), 1u);
  bitmaps.check_refs(refs);
}

TEST(PageBitmaps, BehaveLikeAsManyBitmaps) {
  std::mt19937_64 random(3);
  PageBitmaps bitmaps;
  std::vector<Ref> refs(20);
  std::vector<PageBits> slow(refs.size());
  std::size_t uniform = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::size_t i = random() % refs.size();
    const auto page = static_cast<unsigned>(random() % 4 == 0 ? 0 : random() % 512);
    const auto n = static_cast<unsigned>(random() % 4 == 0 ? 512 - page : random() % (513 - page));
    if (random() % 2 == 0) {
      bitmaps.set_range(refs[i], page, n);
      slow[i].set_range(page, n);
    } else {
      bitmaps.clear_range(refs[i], page, n);
      slow[i].clear_range(page, n);
    }
    ASSERT_EQ(bitmaps.count(refs[i], page, n), slow[i].count(page, n)) << round;
    if (random() % 3 == 0) bitmaps.settle(refs[i]);
    uniform += refs[i].uniform();
    for (std::size_t k = 0; k < refs.size(); ++k) ASSERT_EQ(bitmaps[refs[k]], slow[k]) << round;
    bitmaps.check_refs(refs);
  }
  EXPECT_GT(uniform, 1'000u);
}

TEST(PageBitmaps, NoMoreThanARefCanTell) {
  PageBitmaps bitmaps;
  std::vector<Ref> refs(1 << 15);
  for (Ref& ref : refs) bitmaps.set_range(ref, 1, 1);
  bitmaps.check_refs(refs);
  Ref another;
  EXPECT_THROW(bitmaps.set_range(another, 1, 1), CheckFailure);
}

TEST(PageBitmaps, InvariantsFindEveryFault) {
  using Faults = PageBitmapsFaults;
  const std::pair<const char*, void (*)(PageBitmaps&, std::vector<Ref>&)> faults[] = {
      {"3 bitmaps have room, 2 are known",
       [](PageBitmaps&, std::vector<Ref>& refs) { refs[1] = Ref::ones(); }},
      {"bitmap 3 is used twice or by nobody",
       [](PageBitmaps&, std::vector<Ref>& refs) { refs[1] = refs[0]; }},
      {"bitmap 3 is used twice or by nobody",
       [](PageBitmaps& b, std::vector<Ref>&) { Faults::unused(b)[0] = 2; }},
      {"bitmap 3 is used twice or by nobody",
       [](PageBitmaps&, std::vector<Ref>& refs) { refs[1] = Faults::ref(9); }},
  };
  for (const auto& [message, damage] : faults) {
    PageBitmaps bitmaps;
    std::vector<Ref> refs(3);
    for (Ref& ref : refs) bitmaps.set_range(ref, 5, 5);
    bitmaps.clear_range(refs[2], 5, 5);
    bitmaps.settle(refs[2]);
    bitmaps.check_refs(refs);
    damage(bitmaps, refs);
    EXPECT_THAT(check_failure_of([&] { bitmaps.check_refs(refs); }), testing::HasSubstr(message));
  }
}

}  // namespace
}  // namespace heaplaw::model
