#include "model/handles/handle_table.h"

#include <random>
#include <unordered_map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

struct HandleTableFaults {
  static auto& entries(HandleTable& table) { return table.entries_; }
  static auto& owners(HandleTable& table) { return table.owners_; }
  static auto& directory(HandleTable& table) { return table.directory_; }
  static auto& unused(HandleTable& table) { return table.unused_blocks_; }
};

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
    if (i % 6000 != 0) continue;
    ASSERT_EQ(table.size(), map.size());
    table.check_invariants();
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

TEST(HandleTable, InvariantsFindEveryFault) {
  using Faults = HandleTableFaults;
  const std::pair<const char*, void (*)(HandleTable&)> faults[] = {
      {"1 names that have no block are bound", [](auto& t) { Faults::entries(t)[5] = 1; }},
      {"names 2 are in block 2 of 0", [](auto& t) { Faults::owners(t)[2] = 0; }},
      {"names 2 are in block 1 of 0", [](auto& t) { Faults::directory(t)[2] = 1; }},
      {"block 1 is in use", [](auto& t) { Faults::unused(t).push_back(1); }},
  };
  for (const auto& [message, damage] : faults) {
    HandleTable table;
    table.insert(1, 1);
    table.insert(130, 1);
    table.check_invariants();
    damage(table);
    EXPECT_THAT(check_failure_of([&] { table.check_invariants(); }), testing::HasSubstr(message));
  }
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
