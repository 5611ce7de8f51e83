#include "model/handles/dense_handles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

// Reaches inside, to damage what the invariants guard.
struct DenseHandlesFaults {
  static auto& entries(DenseHandles& handles) { return handles.entries_; }
  static auto& directory(DenseHandles& handles) { return handles.directory_; }
  static auto& unused(DenseHandles& handles) { return handles.unused_; }
  static auto& first_name(DenseHandles& handles) { return handles.first_name_; }
  static auto& blocks(DenseHandles& handles) { return handles.blocks_; }
  static auto& used(DenseHandles& handles) { return handles.used_; }
};

namespace {

constexpr unsigned size = NameRange::size;

bool bind(DenseHandles& handles, std::uint64_t name) {
  const std::uint64_t range = NameRange::of(name);
  if (!handles.has_block(range)) {
    if (!handles.has_room_for(range)) return false;
    handles.make_block(range);
  }
  return handles.try_change(name, name + 1, true);
}

TEST(DenseHandles, HaveRoomForNothingUntilTheyAreGivenSome) {
  DenseHandles handles;
  EXPECT_FALSE(handles.has_room_for(0));
  EXPECT_TRUE(handles.taking_back_is_paid());
  handles.make_room({}, 4 * ArrayCost::block);
  for (const std::uint64_t range : {70u, 71u, 69u, 77u}) EXPECT_TRUE(bind(handles, range * size));
  EXPECT_FALSE(bind(handles, 78 * size)) << "a fifth block";
  EXPECT_FALSE(handles.has_block(78));
  EXPECT_EQ(handles.find(77 * size), 77 * size + 1);
  EXPECT_EQ(handles.take(77 * size), 77 * size + 1);
  EXPECT_EQ(handles.take(77 * size), 0u);
  EXPECT_LE(handles.memory(), 4 * ArrayCost::block + size * 8);
  handles.check_invariants();
}

TEST(DenseHandles, HaveNoRoomBesideTheirStretch) {
  DenseHandles handles;
  handles.make_room({}, 4 * ArrayCost::block);
  const std::uint64_t range = std::uint64_t{1} << 50;
  EXPECT_TRUE(bind(handles, range * size));
  EXPECT_TRUE(handles.has_room_for(range - 4));
  EXPECT_FALSE(handles.has_room_for(range - 5));
  EXPECT_TRUE(handles.has_room_for(range + 11));
  EXPECT_FALSE(handles.has_room_for(range + 12));
  EXPECT_FALSE(handles.has_room_for(0));
  EXPECT_FALSE(handles.has_block(0));
}

TEST(DenseHandles, EmptyBlocksAreTakenBack) {
  DenseHandles handles;
  handles.make_room({}, 8 * ArrayCost::block);
  for (std::uint64_t name = 0; name < 8 * size; ++name) ASSERT_TRUE(bind(handles, name));
  for (std::uint64_t name = 0; name < 5 * size + 3; ++name) ASSERT_NE(handles.take(name), 0u);
  handles.take(6 * size);
  EXPECT_FALSE(handles.has_room_for(8));
  EXPECT_TRUE(handles.taking_back_is_paid());
  const NameStretch left = handles.take_back_empty();
  EXPECT_FALSE(handles.taking_back_is_paid());
  EXPECT_EQ(left.first, 5u);
  EXPECT_EQ(left.end, 8u);
  EXPECT_EQ(left.blocks, 3u);
  EXPECT_EQ(left.live, 3 * size - 4);
  handles.check_invariants();
  constexpr std::size_t places = 3 * ArrayCost::place;
  constexpr std::size_t beside = places + size * 8;
  for (const std::size_t blocks : {8u, 3u}) {
    handles.make_room(left, blocks * ArrayCost::block + places);
    handles.check_invariants();
    EXPECT_LE(handles.memory(), blocks * ArrayCost::block + beside);
    for (std::uint64_t name = 0; name < 9 * size; ++name) {
      const bool is_left = name >= 5 * size + 3 && name != 6 * size && name < 8 * size;
      ASSERT_EQ(handles.find(name), is_left ? name + 1 : 0);
    }
    EXPECT_EQ(handles.has_room_for(8), blocks > 3);
  }
}

TEST(DenseHandles, RefuseABlockThatThereIsNoRoomFor) {
  if (HEAPLAW_INVARIANTS < 1) GTEST_SKIP() << "needs invariants";
  DenseHandles handles;
  EXPECT_THROW(handles.make_block(5), CheckFailure) << "no room at all";
  handles.make_room({}, 2 * ArrayCost::block);
  handles.make_block(5);
  EXPECT_THROW(handles.make_block(5), CheckFailure) << "has one";
  EXPECT_THROW(handles.make_block(500), CheckFailure) << "beyond the directory";
  handles.make_block(6);
  EXPECT_THROW(handles.make_block(7), CheckFailure) << "a third one";
  handles.check_invariants();
}

// The names of the last range, behind which none come.
TEST(DenseHandles, ReachTheLastName) {
  DenseHandles handles;
  handles.make_room({}, 4 * ArrayCost::block);
  const std::uint64_t last = ~std::uint64_t{0};
  EXPECT_TRUE(bind(handles, last - 1));
  EXPECT_TRUE(handles.try_change(last, 7, true));
  EXPECT_EQ(handles.find(last), 7u);
  const NameStretch left = handles.take_back_empty();
  EXPECT_EQ(left.end, std::uint64_t{1} << 58);
  handles.make_room(left, 0);
  EXPECT_EQ(handles.find(last), 7u);
  EXPECT_EQ(handles.find(0), 0u);
  handles.check_invariants();
}

TEST(DenseHandles, InvariantsFindEveryFault) {
  using Faults = DenseHandlesFaults;
  const std::pair<const char*, void (*)(DenseHandles&)> faults[] = {
      {"1 names that have no block are bound", [](auto& h) { Faults::entries(h)[5] = 1; }},
      {"ranges are 1280 names from 1", [](auto& h) { ++Faults::first_name(h); }},
      {"21 ranges are 1280 names", [](auto& h) { Faults::directory(h).push_back(0); }},
      {"4 blocks, of at most 3", [](auto& h) { Faults::blocks(h) = 2; }},
      {"block 1 of 4 is there twice", [](auto& h) { Faults::directory(h)[2] = 1; }},
      {"block 4 of 4 is there twice", [](auto& h) { Faults::directory(h)[9] = 4; }},
      {"block 1 of 4 is there twice", [](auto& h) { Faults::unused(h).push_back(1); }},
      {"2 blocks in use, counted 1", [](auto& h) { --Faults::used(h); }},
      {"1 names in block 3, unused", [](auto& h) { Faults::entries(h)[3 * size] = 1; }},
      {"block 3 is lost", [](auto& h) { Faults::unused(h).clear(); }},
  };
  for (const auto& [message, damage] : faults) {
    DenseHandles handles;
    handles.make_room({}, 5 * ArrayCost::block);
    for (const std::uint64_t name : {1u, 130u, 200u}) ASSERT_TRUE(bind(handles, name));
    handles.take(200);
    handles.take_back_empty();
    handles.check_invariants();
    damage(handles);
    EXPECT_THAT(check_failure_of([&] { handles.check_invariants(); }), testing::HasSubstr(message));
  }
}

}  // namespace
}  // namespace heaplaw::model
