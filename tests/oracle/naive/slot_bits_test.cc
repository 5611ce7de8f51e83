#include "oracle/naive/slot_bits.h"

#include <bitset>
#include <random>

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

TEST(NaiveSlotBits, areWhatABitsetIs) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    SlotBits bits, other;
    std::bitset<slots_max> slow, other_slow;
    const std::size_t slots = 1 + random() % slots_max;
    for (std::uint64_t i = random() % 100; i > 0; --i) {
      const std::size_t slot = random() % slots;
      bits.set(slot);
      slow.set(slot);
      if (random() % 2 == 0) continue;
      other.set(slot);
      other_slow.set(slot);
    }
    EXPECT_EQ(bits.count(), slow.count());
    EXPECT_EQ(bits.none(), slow.none());
    EXPECT_TRUE(bits.contains(other));
    EXPECT_EQ(other.contains(bits), slow == other_slow);
    for (std::size_t slot = 0; slot < slots_max; ++slot) EXPECT_EQ(bits[slot], slow[slot]);
  }
}

TEST(NaiveSlotBits, aCopyIsTheWholeAndNothingElse) {
  SlotBits long_one, short_one;
  long_one.set(700);
  long_one.set(1);
  short_one.set(2);
  SlotBits copy = long_one;
  EXPECT_TRUE(copy[700] && copy[1] && copy.count() == 2);
  copy = short_one;
  EXPECT_TRUE(copy[2] && copy.count() == 1);
  EXPECT_FALSE(copy[700]);
  copy.set(800);
  EXPECT_EQ(copy.count(), 2u) << "no bit of an earlier life";
  copy.clear();
  EXPECT_TRUE(copy.none());
}

}  // namespace
}  // namespace heaplaw::oracle::naive
