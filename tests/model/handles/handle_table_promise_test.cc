// At most 16 bytes a live handle or 16 KiB in all, whatever the names are.
#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "model/handles/handle_table.h"
#include "model/runtime.h"

namespace heaplaw::model {
namespace {

// A table that is asked what it takes while names come, and that counts them.
class HandleTablePromise : public testing::Test {
 protected:
  static constexpr std::uint64_t far = std::uint64_t{1} << 40;

  void insert(std::uint64_t name) {
    if (!table.try_change(name, 1, true)) {
      ++slow;
      if (table.find(name) != 0) return;
      table.insert(name, 1);
    }
    if (++live < 2000 || live % 101 == 0) check();
  }
  void take(std::uint64_t name) {
    if (table.try_change(name, 0, false)) {
      --live;
    } else {
      ++slow;
      live -= table.take(name);
    }
  }
  void insert_random(std::size_t names, std::uint64_t end, std::uint64_t first = 0) {
    for (const std::size_t wanted = live + names; live < wanted;) insert(first + random() % end);
  }
  // Ever new names of which so many live.
  void move_window(std::uint64_t width, std::uint64_t end, std::uint64_t step = 1) {
    for (std::uint64_t i = 0; i < end; ++i) {
      insert(i * step);
      if (i >= width) take((i - width) * step);
    }
  }
  void check() {
    ASSERT_LE(table.memory(), std::max<std::size_t>(16 * live, 16 << 10)) << live << " are live";
  }
  void TearDown() override {
    check();
    table.check_invariants();
    EXPECT_EQ(table.size(), live);
  }

  HandleTable table;
  std::size_t live = 0;
  std::size_t slow = 0;  // changes of more than one word
  std::mt19937_64 random{11};
};

TEST_F(HandleTablePromise, IsKeptForSequentialNames) {
  move_window(1'000'000, 1'000'000);
  EXPECT_LE(slow, 1'000'000 / 60u);
}

TEST_F(HandleTablePromise, IsKeptForAThousandEverNewNames) {
  move_window(1000, 1'000'000);
  EXPECT_LE(slow, 2 * 1'000'000 / 50u);
}

TEST_F(HandleTablePromise, IsKeptForManyEverNewNames) {
  move_window(100'000, 1'000'000);
  EXPECT_LE(slow, 2 * 1'000'000 / 100u);
}

TEST_F(HandleTablePromise, IsKeptWhereOneOldNameStays) {
  insert(3);
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    insert(100 + i);
    if (i >= 1000) take(100 + i - 1000);
  }
  EXPECT_LE(slow, 2 * 1'000'000 / 50u);
}

// However many there are, they slow down those that have neighbours for a while at most.
TEST_F(HandleTablePromise, IsKeptForEverNewNamesBesideScatteredOnes) {
  insert_random(100'000, far, far);
  slow = 0;
  move_window(1000, 1'000'000);
  EXPECT_LE(slow, 2 * 1'000'000 / 50u + 2 * 100'000 / 4u);
}

TEST_F(HandleTablePromise, IsKeptWhileThereAreFewOfEveryKind) {
  for (unsigned round = 0; round < 300; ++round) {
    table = {}, live = 0;
    std::uint64_t next = random() % far;
    std::uint64_t kinds = 0;
    while (live < 1500) {
      if (random() % 100 == 0) kinds = random();
      if (kinds % 2 == 0) insert(next += 1 + kinds / 2 % 2);
      if (kinds / 4 % 4 == 0) insert_random(1, 2 * far);
      if (kinds / 16 % 4 == 0) insert_random(1, 3000);
      if (kinds / 64 % 4 == 0) take(next - random() % 300), table.trim(live);
      if (kinds / 256 % 16 == 0) insert(next += NameRange::size);
    }
    table.check_invariants();
  }
}

TEST_F(HandleTablePromise, IsKeptWhateverTheStep) {
  for (std::uint64_t step = 1; step < 70; ++step) {
    table = {}, live = 0;
    for (std::uint64_t i = 0; i < 5000; ++i) insert(i * step);
    check();
  }
}

TEST_F(HandleTablePromise, IsKeptForAThousandNamesOfWhichEachHasARange) {
  move_window(1000, 20'000, NameRange::size);
}
TEST_F(HandleTablePromise, IsKeptForManyNamesOfWhichEachHasARange) {
  move_window(100'000, 100'000, NameRange::size);
}

TEST_F(HandleTablePromise, IsKeptForAThousandRandomNames) { insert_random(1000, 1 << 26); }
TEST_F(HandleTablePromise, IsKeptForManyRandomNames) { insert_random(20'000, 1 << 26); }
TEST_F(HandleTablePromise, IsKeptForRandomNamesFromLittle) { insert_random(20'000, 40'000); }

TEST_F(HandleTablePromise, IsKeptForNamesThatComeInDisorder) {
  std::vector<std::uint64_t> names(50'000);
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = i;
  std::ranges::shuffle(names, random);
  for (const std::uint64_t name : names) insert(name);
  EXPECT_LE(table.memory(), 14 * live) << "in blocks by now";
}

TEST_F(HandleTablePromise, IsKeptForDescendingNames) {
  for (std::uint64_t i = 0; i < 100'000; ++i) insert(far - i);
  EXPECT_LE(slow, 100'000 / 20u);
}

TEST_F(HandleTablePromise, IsKeptForEverNewNamesThatGoAtRandom) {
  std::vector<std::uint64_t> names;
  for (std::uint64_t i = 0; i < 500'000; ++i) {
    insert(i);
    names.push_back(i);
    if (names.size() <= 5000) continue;
    std::swap(names[random() % names.size()], names.back());
    take(names.back());
    names.pop_back();
  }
}

TEST_F(HandleTablePromise, IsKeptFromTheTrimAfterDrops) {
  for (const std::uint64_t left_of_each : {1u, 2u, 20u, 32u, 40u, 60u}) {
    table = {}, live = 0;
    move_window(300'000, 300'000);
    for (std::uint64_t name = 0; name < 300'000; ++name) {
      if (name % 64 >= left_of_each) take(name);
    }
    table.trim(live);
    check();
  }
  for (std::uint64_t name = 0; name < 300'000; ++name) take(name);
  table.trim(live);
  EXPECT_LE(table.memory(), 16u << 10);
}

// Records lie in blocks of 256 if they came in order; each block loses as many as it can before it
// becomes one with the next, and names beside the others come.
TEST_F(HandleTablePromise, IsKeptWhereRecordsAreThinned) {
  for (std::uint64_t names = 256; names < 2600; names += 71) {
    for (std::uint64_t left_of_each = 95; left_of_each <= 256; left_of_each += 7) {
      table = {}, live = 0;
      std::vector<std::uint64_t> left;
      for (std::uint64_t i = 1; i <= names; ++i) insert(i * 64'000);
      for (std::uint64_t i = 1; i <= names; ++i) {
        if ((i - 1) % 256 >= left_of_each) {
          take(i * 64'000);
        } else {
          left.push_back(i * 64'000);
        }
      }
      table.trim(live);
      check();
      for (std::uint64_t i = 0; i < 300; ++i) insert(left[i % left.size()] + 1 + i / left.size());
    }
  }
}

TEST_F(HandleTablePromise, IsKeptForScatteredNamesAndThenSequentialOnes) {
  insert_random(50'000, 1 << 26, 1 << 26);
  slow = 0;
  move_window(500'000, 500'000);
  EXPECT_LE(slow, 500'000 / 40u);
}

TEST_F(HandleTablePromise, IsKeptForSequentialNamesAndThenScatteredOnes) {
  move_window(50'000, 50'000);
  insert_random(50'000, 1 << 26);
  insert_random(50'000, ~std::uint64_t{0});
}

TEST_F(HandleTablePromise, IsKeptForTwoCrowdsFarApart) {
  for (std::uint64_t i = 0; i < 100'000; ++i) insert(i % 2 == 0 ? i / 2 : far + i / 2);
}

TEST_F(HandleTablePromise, IsKeptForNamesThatFillScatterAndGo) {
  for (std::uint64_t round = 0; round < 20; ++round) {
    const std::uint64_t first = random() % (1 << 26);
    for (std::uint64_t i = 0; i < 20'000; ++i) insert(first + i);
    insert_random(5000, 1 << 26);
    for (std::uint64_t name = first; name < first + 20'000; ++name) {
      if (name % 64 != round) take(name);
    }
    table.trim(live);
    check();
    table.check_invariants();
  }
}

TEST(HandleTableOfAHeap, IsTrimmedByACollection) {
  Runtime runtime(Release::parse("go1.19.8"), 1);
  for (std::uint64_t name = 0; name < 100'000; ++name) {
    static_cast<void>(runtime.apply(Operation::alloc(name, 16_B, ObjectKind::noscan)));
  }
  for (std::uint64_t name = 0; name < 100'000; ++name) {
    if (name % NameRange::size == 0) continue;
    static_cast<void>(runtime.apply(Operation::drop(name)));
  }
  static_cast<void>(runtime.apply(Operation::gc()));
  const HandleTable& table = runtime.state().objects;
  EXPECT_EQ(table.size(), 1563u);
  EXPECT_LE(table.memory(), 16 * table.size());
}

}  // namespace
}  // namespace heaplaw::model
