#include "model/spans/object_bits.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(ObjectBits, AreSetAndCounted) {
  ObjectBits bits;
  const auto at = bits.allocate(2);
  EXPECT_FALSE(bits.test(at, 100));
  bits.set(at, 100);
  bits.set(at, 100);
  EXPECT_TRUE(bits.test(at, 100));
  EXPECT_FALSE(bits.test(at, 36));
  EXPECT_EQ(bits.count(at, 2), 1u);
}

TEST(ObjectBits, UseFreedWordsOfTheSameLengthAgainAndClearThem) {
  ObjectBits bits;
  const auto first = bits.allocate(2);
  static_cast<void>(bits.allocate(4));
  bits.set(first, 5);
  bits.free(first, 2);
  EXPECT_NE(bits.allocate(4), first);
  EXPECT_EQ(bits.allocate(2), first);
  EXPECT_EQ(bits.count(first, 2), 0u);
}

}  // namespace
}  // namespace heaplaw::model
