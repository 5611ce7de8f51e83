#include "model/handles/handle_table.h"

#include <array>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

struct HandleTableFaults {
  static auto& sparse(HandleTable& table) { return table.sparse_; }
};

namespace {

// Against the standard library: names near each other, far apart, at both ends, and ever new ones;
// few and many, by turns.
TEST(HandleTable, BehavesLikeAMap) {
  std::mt19937_64 random(7);
  HandleTable table;
  std::map<std::uint64_t, std::uint64_t> map;
  std::uint64_t newest = std::uint64_t{1} << 33;
  const auto name = [&] {
    switch (random() % 8) {
      case 0:
      case 1:
        return random() % 5'000;
      case 2:
        return random() % (1 << 26);
      case 3:
        return ~std::uint64_t{0} - random() % 200;
      case 4:
        return random();
      default:
        return random() % 2 == 0 ? ++newest : newest - random() % 2'000;
    }
  };
  const auto take = [&](std::uint64_t n) {
    const auto found = map.find(n);
    ASSERT_EQ(table.find(n), found != map.end() ? found->second : 0);
    ASSERT_EQ(table.take(n), found != map.end() ? found->second : 0);
    if (found != map.end()) map.erase(found);
  };
  for (unsigned i = 1; i < 200'000; ++i) {
    if (i % 50'000 == 0) table = HandleTable(table);  // as a state that is kept to go back to
    const std::uint64_t n = name();
    if (map.contains(n)) {
      take(n);
    } else {
      ASSERT_EQ(table.find(n), 0u);
      table.insert(n, i);
      map[n] = i;
    }
    const bool shrinks = i / 40'000 % 2 == 1;
    for (unsigned j = 0; shrinks && j < 3 && !map.empty(); ++j) {
      const auto some = map.lower_bound(name());
      take(some != map.end() ? some->first : map.begin()->first);
    }
    if (i % 4000 != 0) continue;
    if (i % 3 == 0) table.trim(map.size());
    ASSERT_EQ(table.size(), map.size());
    table.check_invariants();
  }
  std::uint64_t sum = 0;
  EXPECT_EQ(table.for_each([&](std::uint64_t entry) { sum += entry; }), map.size());
  for (const auto& [n, entry] : map) sum -= entry;
  EXPECT_EQ(sum, 0u);
}

// Crowds come one after the other, near and far, dense and with gaps, upwards, downwards and in
// disorder; by turns most of what there is goes.
TEST(HandleTable, BehavesLikeAMapWhereverNamesMove) {
  constexpr std::uint64_t farthest = 4000 / 30 * 100 * 64 + 64;
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(seed);
    HandleTable table;
    std::map<std::uint64_t, std::uint64_t> map;
    for (unsigned phase = 0; phase < 10; ++phase) {
      const std::uint64_t base = std::array{farthest, ~farthest, random() >> 1}[random() % 3];
      const std::uint64_t gap = 1 + random() % 100;
      const std::uint64_t in_a_range = 30 + random() % 35;
      const std::uint64_t names = random() % 4000;
      const std::uint64_t order = random() % 3;
      for (std::uint64_t i = 1; i <= names; ++i) {
        const std::uint64_t at = order == 2 ? random() % names : i;
        const std::uint64_t away = at / in_a_range * gap * 64 + at % in_a_range;
        const std::uint64_t name = order == 1 ? base - away : base + away;
        if (map.try_emplace(name, i).second) table.insert(name, i);
        if (random() % 8 > phase % 3) continue;
        const auto some = map.lower_bound(phase % 2 == 0 ? name + 1 : random());
        if (some == map.end()) continue;
        ASSERT_EQ(table.take(some->first), some->second) << seed;
        map.erase(some);
      }
      if (phase % 4 == 3) table.trim(map.size());
      table.check_invariants();
      ASSERT_EQ(table.size(), map.size()) << seed;
      for (const auto& [name, entry] : map) ASSERT_EQ(table.find(name), entry) << seed;
    }
  }
}

// Where every block that there was is dissolved, and others come with gaps between them.
TEST(HandleTable, MovesToCrowdsWithGaps) {
  for (const unsigned stride : {2u, 20u, 85u, 89u}) {
    for (const unsigned others : {800u, 10'000u}) {
      HandleTable table;
      const std::uint64_t far = std::uint64_t{1} << 50;
      for (std::uint64_t i = 0; i < others; ++i) table.insert(far + i * 1000, 1);
      for (std::uint64_t i = 0; i < others; ++i) {
        table.insert((i / 64 * stride + 5000) * 64 + i % 64, 1 + i);
      }
      table.check_invariants();
      for (std::uint64_t i = 0; i < others; ++i) {
        ASSERT_EQ(table.find((i / 64 * stride + 5000) * 64 + i % 64), 1 + i);
      }
      EXPECT_EQ(table.size(), 2 * others);
    }
  }
}

TEST(HandleTable, RefusesANameTwice) {
  HandleTable table;
  for (const std::uint64_t name : {std::uint64_t{3}, ~std::uint64_t{0}}) {
    table.insert(name, 1);
    EXPECT_THROW(table.insert(name, 1), CheckFailure);
  }
  EXPECT_EQ(table.size(), 2u);
  table.check_invariants();
}

// The second time may be when names are arranged anew, and the first one moves.
TEST(HandleTable, RefusesANameTwiceHoweverManyThereAre) {
  for (std::uint64_t others = 1; others < 600; ++others) {
    HandleTable table;
    table.insert(std::uint64_t{1} << 50, 1);
    for (std::uint64_t i = 0; i < others; ++i) table.insert(i, 1);
    EXPECT_THROW(table.insert(0, 2), CheckFailure) << others;
    ASSERT_EQ(table.size(), others + 1);
    table.check_invariants();
  }
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

TEST(HandleTable, InvariantsFindNamesInTwoPlaces) {
  HandleTable table;
  table.insert(130, 1);
  table.check_invariants();
  HandleTableFaults::sparse(table).insert(131, 1);
  EXPECT_THAT(check_failure_of([&] { table.check_invariants(); }),
              testing::HasSubstr("names from 128 are in two places"));
}

}  // namespace
}  // namespace heaplaw::model
