#include "oracle/handle_table.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

struct Named {
  std::uint64_t handle = 0;
  std::uint64_t value = 0;

  [[nodiscard]] bool in_use() const { return value != 0; }
};

TEST(HandleTable, AgreesWithAMapOverRandomInsertionsAndErasures) {
  std::mt19937_64 random(1);
  HandleTable<Named> table;
  std::map<std::uint64_t, std::uint64_t> twin;
  for (std::uint64_t i = 1; i <= 100'000; ++i) {
    const std::uint64_t handle = (random() % 700) << (random() % 2 * 50);
    if (const auto found = twin.find(handle); found != twin.end()) {
      ASSERT_EQ(table.erase(handle)->value, found->second);
      twin.erase(found);
    } else {
      ASSERT_FALSE(table.erase(handle));
      twin[handle] = i;
      table.insert({handle, i});
    }
    ASSERT_EQ(table.size(), twin.size());
  }
  std::size_t in_use = 0;
  for (const Named& entry : table.slots()) {
    if (!entry.in_use()) continue;
    ++in_use;
    EXPECT_EQ(twin.at(entry.handle), entry.value);
  }
  EXPECT_EQ(in_use, twin.size());
}

TEST(HandleTable, TheSameHandleTwiceFailsACheck) {
  HandleTable<Named> table;
  table.insert({7, 64});
  EXPECT_THROW(table.insert({7, 128}), CheckFailure);
  EXPECT_THROW(table.insert({8, 0}), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::oracle
