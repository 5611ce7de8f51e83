#include "model/handles/handle_table.h"

#include <random>
#include <unordered_map>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

// Against the standard library: names near each other, far apart, and at both ends.
TEST(HandleTable, BehavesLikeAMap) {
  std::mt19937_64 random(7);
  HandleTable table;
  std::unordered_map<std::uint64_t, std::uint64_t> map;
  const auto name = [&] {
    switch (random() % 4) {
      case 0:
        return random() % 200;
      case 1:
        return random() % 5'000'000;
      case 2:
        return ~std::uint64_t{0} - random() % 200;
      default:
        return random();
    }
  };
  for (unsigned i = 1; i < 60'000; ++i) {
    const std::uint64_t n = name();
    ASSERT_EQ(table.find(n), map.contains(n) ? map[n] : 0);
    if (map.contains(n)) {
      ASSERT_EQ(table.take(n), map[n]);
      map.erase(n);
    } else {
      table.insert(n, i);
      map[n] = i;
    }
    ASSERT_EQ(table.take(~n / 3), map.contains(~n / 3) ? map[~n / 3] : 0);
    map.erase(~n / 3);
    ASSERT_EQ(table.size(), map.size());
    if (i % 6000 == 0) table.check_invariants();
  }
  std::uint64_t sum = 0;
  table.for_each([&](std::uint64_t entry) { sum += entry; });
  for (const auto& [n, entry] : map) sum -= entry;
  EXPECT_EQ(sum, 0u);
}

TEST(HandleTable, RefusesANameTwice) {
  HandleTable table;
  table.insert(3, 1);
  EXPECT_THROW(table.insert(3, 1), CheckFailure);
  table.insert(~std::uint64_t{0}, 1);
  EXPECT_THROW(table.insert(~std::uint64_t{0}, 1), CheckFailure);
}

TEST(HandleTable, TriesOnlyWhatIsOneWordsWork) {
  HandleTable table;
  EXPECT_FALSE(table.try_change(5, 7, true)) << "has no block";
  EXPECT_FALSE(table.try_change(5, 0, false)) << "is free, and has no block";
  table.insert(6, 1);
  EXPECT_FALSE(table.try_change(5, 0, false)) << "is free";
  EXPECT_TRUE(table.try_change(5, 7, true));
  EXPECT_FALSE(table.try_change(5, 8, true)) << "is bound";
  EXPECT_EQ(table.find(5), 7u);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_TRUE(table.try_change(5, 0, false));
  EXPECT_EQ(table.find(5), 0u);
  table.insert(~std::uint64_t{0}, 1);
  EXPECT_FALSE(table.try_change(~std::uint64_t{0}, 0, false)) << "is not in a block";
  EXPECT_EQ(table.size(), 2u);
  table.check_invariants();
}

// Blocks whose names were all dropped serve other names, however the names went.
TEST(HandleTable, UsesEmptyBlocksAgain) {
  HandleTable table;
  for (std::uint64_t round = 0; round < 100; ++round) {
    for (std::uint64_t i = 0; i < 6400; ++i) table.insert(round * 6400 + i, 1);
    for (std::uint64_t i = 0; i < 6400; ++i) {
      ASSERT_TRUE(table.try_change(round * 6400 + i, 0, false));
    }
    table.check_invariants();
  }
  EXPECT_EQ(table.size(), 0u);
  EXPECT_LE(table.memory(), 4 * 6400 * 8u + 100 * 100 * 8u);
}

TEST(HandleTable, CostsAtMost16BytesForALiveHandle) {
  HandleTable table;
  constexpr std::uint64_t live = 1'000'000;
  for (std::uint64_t name = 0; name < live; ++name) table.insert(name, 1);
  EXPECT_LE(table.memory(), 16 * live + 4096);
  // And names that only ever grow cost no more, if few live at a time.
  HandleTable window;
  for (std::uint64_t name = 0; name < live; ++name) {
    window.insert(name, 1);
    if (name >= 1000) window.take(name - 1000);
  }
  EXPECT_LE(window.memory(), 16 * 1000 + live / 64 * 8 + 16384);
}

}  // namespace
}  // namespace heaplaw::model
