#include "oracle/naive/slot_bits.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

TEST(NaiveSlotBits, saysWhichSlotsAreSet) {
  SlotBits bits;
  EXPECT_TRUE(bits.none());
  for (const std::size_t slot : {0u, 63u, 64u, 1023u}) bits.set(slot);
  EXPECT_EQ(bits.count(), 4u);
  EXPECT_TRUE(bits[63] && bits[64] && bits[1023]);
  EXPECT_FALSE(bits[1] || bits[65]);
  bits.clear();
  EXPECT_TRUE(bits.none());
}

TEST(NaiveSlotBits, containsWhatHasNoOtherSlot) {
  SlotBits few, many;
  many.set(3);
  many.set(200);
  EXPECT_TRUE(many.contains(few));
  few.set(200);
  EXPECT_TRUE(many.contains(few));
  few.set(5);
  EXPECT_FALSE(many.contains(few));
}

}  // namespace
}  // namespace heaplaw::oracle::naive
