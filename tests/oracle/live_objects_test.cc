#include "oracle/laws/live_objects.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

LiveObject object(std::uint64_t handle, std::uint64_t address) {
  return {.handle = handle, .address = Address{address}, .size = 8};
}

TEST(LiveObjects, AgreeWithAMapOverRandomInsertionsAndErasures) {
  std::mt19937_64 random(1);
  LiveObjects objects;
  std::map<std::uint64_t, std::uint64_t> twin;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t handle = (random() % 700) << (random() % 2 * 50);
    if (const auto found = twin.find(handle); found != twin.end()) {
      ASSERT_EQ(objects.erase(handle)->address, Address{found->second});
      twin.erase(found);
    } else {
      ASSERT_EQ(objects.erase(handle), std::nullopt);
      twin[handle] = 16 * static_cast<std::uint64_t>(i + 1);
      objects.insert(object(handle, twin[handle]));
    }
    ASSERT_EQ(objects.size(), twin.size());
  }
  std::uint64_t last = 0;
  for (const LiveObject& o : objects.by_address()) {
    EXPECT_GT(o.address.raw(), last);
    last = o.address.raw();
    EXPECT_EQ(twin.at(o.handle), last);
  }
}

TEST(LiveObjects, TheSameHandleTwiceFailsACheck) {
  LiveObjects objects;
  objects.insert(object(7, 64));
  EXPECT_THROW(objects.insert(object(7, 128)), CheckFailure);
  EXPECT_THROW(objects.insert(object(8, 0)), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::oracle
