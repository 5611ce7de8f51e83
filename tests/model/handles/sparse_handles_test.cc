#include "model/handles/sparse_handles.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <unordered_map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_failure_of.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

// Reaches inside, to damage what the invariants guard.
struct SparseHandlesFaults {
  using Block = SparseHandles::Block;

  static Block& first_block(SparseHandles& handles) { return handles.blocks_.begin()->second; }
  static Block& last_block(SparseHandles& handles) { return handles.blocks_.rbegin()->second; }
  static std::size_t& size(SparseHandles& handles) { return handles.size_; }
  static void move_first_block(SparseHandles& handles, std::uint64_t lowest) {
    auto node = handles.blocks_.extract(handles.blocks_.begin());
    node.key() = lowest;
    handles.blocks_.insert(std::move(node));
  }
};

namespace {

constexpr std::uint64_t last_name = ~std::uint64_t{0};

// Against the standard library: names near each other, far apart, and at both ends.
TEST(SparseHandles, BehaveLikeAMap) {
  std::mt19937_64 random(7);
  SparseHandles handles;
  std::unordered_map<std::uint64_t, std::uint64_t> map;
  const auto name = [&] {
    const std::uint64_t kind = random() % 3;
    return kind == 0 ? random() % 5000 : kind == 1 ? last_name - random() % 5000 : random();
  };
  std::size_t found = 0;
  for (unsigned i = 1; i < 60'000; ++i) {
    const std::uint64_t n = name();
    const auto expected = map.find(n);
    ASSERT_EQ(handles.find(n), expected != map.end() ? expected->second : 0);
    if (expected != map.end()) {
      ++found;
      ASSERT_EQ(handles.take(n), expected->second);
      map.erase(expected);
    } else {
      ASSERT_EQ(handles.take(n), 0u);
      handles.insert(n, i);
      map[n] = i;
    }
    ASSERT_EQ(handles.size(), map.size());
    if (i % 2000 == 0) handles.check_invariants();
  }
  EXPECT_GT(found, 10'000u);
  std::uint64_t sum = 0;
  handles.for_each([&](std::uint64_t, std::uint64_t entry) { sum += entry; });
  for (const auto& [n, entry] : map) sum -= entry;
  EXPECT_EQ(sum, 0u);
}

// Also where the next name is in the next block.
TEST(SparseHandles, TellWhetherThereIsAnyNameInARange) {
  SparseHandles handles;
  EXPECT_FALSE(handles.has_any(0, last_name));
  for (std::uint64_t name = 100; name < 100'000; name += 100) handles.insert(name, 1);
  handles.insert(last_name, 1);
  for (std::uint64_t first = 0; first < 101'000; ++first) {
    const std::uint64_t next = std::max<std::uint64_t>((first + 99) / 100, 1) * 100;
    for (const std::uint64_t names : {1u, 7u, 64u, 99u, 100u}) {
      ASSERT_EQ(handles.has_any(first, names), next < 100'000 && next < first + names)
          << names << " from " << first;
    }
  }
  EXPECT_TRUE(handles.has_any(last_name - 63, 64));
  EXPECT_FALSE(handles.has_any(last_name - 64, 64));
  handles.take(last_name);
  EXPECT_FALSE(handles.has_any(last_name - 63, 64));
}

TEST(SparseHandles, RefuseWhatTheyCannotHold) {
  SparseHandles handles;
  handles.insert(last_name, SparseHandles::largest_entry);
  EXPECT_EQ(handles.find(last_name), SparseHandles::largest_entry);
  EXPECT_THROW(handles.insert(last_name, 1), CheckFailure);
  EXPECT_THROW(handles.insert(3, 0), CheckFailure);
  EXPECT_THROW(handles.insert(3, SparseHandles::largest_entry + 1), CheckFailure);
  EXPECT_EQ(handles.find(3), 0u);
  EXPECT_EQ(handles.size(), 1u);
}

// In whatever order names come and go, and however many are left of how many.
class SparseHandlesCost : public testing::TestWithParam<const char*> {
 protected:
  static std::vector<std::uint64_t> names(std::string_view order, std::size_t n) {
    std::mt19937_64 random(11);
    std::vector<std::uint64_t> result(n);
    for (std::size_t i = 0; i < n; ++i) {
      result[i] = order == "random" ? random() : (std::uint64_t{i} + 1) << 40;
    }
    if (order == "descending") std::ranges::reverse(result);
    return result;
  }
};

TEST_P(SparseHandlesCost, AtMost16BytesForALiveHandle) {
  SparseHandles handles;
  std::size_t checked = 0;
  const auto check = [&] {
    if (handles.size() < 1000) return;
    ASSERT_LE(handles.memory(), 16 * handles.size()) << "for " << handles.size();
    ++checked;
  };
  auto order = names(GetParam(), 40'000);
  for (const std::uint64_t name : order) {
    handles.insert(name, 1);
    if (handles.size() % 97 == 0) check();
  }
  std::shuffle(order.begin(), order.end(), std::mt19937_64(5));
  for (const std::uint64_t name : order) {
    ASSERT_EQ(handles.take(name), 1u);
    if (handles.size() % 97 == 0) check();
    if (handles.size() % 5000 == 0) handles.check_invariants();
  }
  EXPECT_EQ(handles.size(), 0u);
  EXPECT_GT(checked, 800u);
  EXPECT_LE(handles.memory(), 512u);
}
INSTANTIATE_TEST_SUITE_P(NamesThatCome, SparseHandlesCost,
                         testing::Values("ascending", "descending", "random"),
                         [](const auto& test) { return std::string(test.param); });

// Runs taken away from between others leave blocks of every size next to each other.
TEST(SparseHandles, CostNoMoreWhereNeighboursWent) {
  for (const std::uint64_t left_of_each : {1u, 40u, 200u, 257u, 300u}) {
    SparseHandles handles;
    for (std::uint64_t name = 0; name < 300'000; ++name) handles.insert(name, 1);
    for (std::uint64_t name = 0; name < 300'000; ++name) {
      if (name % 600 >= left_of_each) handles.take(name);
    }
    handles.check_invariants();
    if (handles.size() < 1000) continue;
    EXPECT_LE(handles.memory(), 16 * handles.size()) << left_of_each;
  }
}

TEST(SparseHandles, InvariantsFindEveryFault) {
  using Faults = SparseHandlesFaults;
  const std::pair<const char*, void (*)(SparseHandles&)> faults[] = {
      {"out of order",
       [](auto& h) { std::swap(Faults::first_block(h)[3], Faults::first_block(h)[4]); }},
      {"out of order", [](auto& h) { Faults::first_block(h)[3] = Faults::first_block(h)[4]; }},
      {"is not found", [](auto& h) { Faults::first_block(h).back().name = last_name; }},
      {"is not found", [](auto& h) { Faults::last_block(h).front().name = 1; }},
      {"stands for nothing", [](auto& h) { Faults::first_block(h)[0].entry = 0; }},
      {"in room for 1000", [](auto& h) { Faults::last_block(h).reserve(1000); }},
      {"blocks of 256 and 0 handles", [](auto& h) { Faults::last_block(h).clear(); }},
      {"blocks of 128 and 128 handles",
       [](auto& h) {
         Faults::first_block(h).resize(128), Faults::first_block(h).shrink_to_fit();
         Faults::last_block(h).resize(128);
       }},
      {"the first block begins at 1", [](auto& h) { Faults::move_first_block(h, 1); }},
      {"counted 601", [](auto& h) { ++Faults::size(h); }},
  };
  for (const auto& [message, damage] : faults) {
    SparseHandles handles;
    for (std::uint64_t name = 1; name <= 600; ++name) handles.insert(name * 1000, name);
    handles.check_invariants();
    damage(handles);
    EXPECT_THAT(check_failure_of([&] { handles.check_invariants(); }), testing::HasSubstr(message));
  }
}

}  // namespace
}  // namespace heaplaw::model
