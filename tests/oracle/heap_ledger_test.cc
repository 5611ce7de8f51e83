#include "oracle/laws/heap_ledger.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

using Op = Operation;
constexpr Observation somewhere = Observation::of(Address{0xc000000000});

TEST(HeapLedger, FollowsWhatLivesAndWhatIsSet) {
  HeapLedger ledger;
  ledger.follow(Op::alloc(1, 100_B, ObjectKind::noscan), somewhere);
  ledger.follow(Op::alloc(2, 4_B, ObjectKind::noscan), Observation::of(Address{0xc000002000}));
  ledger.follow(Op::gc_percent(value_off), {});
  EXPECT_EQ(ledger.mallocs, 2u);
  EXPECT_EQ(ledger.live_bytes, 104u);
  EXPECT_EQ(ledger.tiny_live, 1u);
  EXPECT_FALSE(ledger.has_percent());
  ledger.follow(Op::drop(2), {});
  EXPECT_EQ(ledger.live_bytes, 100u);
  EXPECT_EQ(ledger.tiny_live, 0u);
  EXPECT_EQ(ledger.mallocs, 2u);
  EXPECT_TRUE(ledger.last_was(OperationKind::drop));
  EXPECT_TRUE(ledger.previous_was(OperationKind::gc_percent));
}

TEST(HeapLedger, WhatFailedOrAskedForNothingNeverLives) {
  HeapLedger ledger;
  ledger.follow(Op::alloc(1, 1_MiB, ObjectKind::noscan), {.answer = Answer::out_of_memory});
  ledger.follow(Op::alloc(2, 0_B, ObjectKind::noscan), somewhere);
  ledger.follow(Op::memory_limit(5), {.answer = Answer::refused});
  EXPECT_EQ(ledger.mallocs, 0u);
  EXPECT_FALSE(ledger.has_limit());
  ledger.follow(Op::drop(1), {});
  ledger.follow(Op::drop(2), {});
  EXPECT_EQ(ledger.objects.size(), 0u);
}

TEST(HeapLedger, CountsOrdersAgainstReservations) {
  HeapLedger ledger;
  ledger.follow(Op::os_fault(OsFault::map), {});
  EXPECT_EQ(ledger.reserve_faults, 0u);
  ledger.follow(Op::os_fault(OsFault::reserve), {});
  ledger.follow(Op::os_fault(OsFault::reserve), {});
  EXPECT_EQ(ledger.reserve_faults, 2u);
}

TEST(HeapLedger, WhatFailedIsNoPredecessor) {
  HeapLedger ledger;
  ledger.follow(Op::gc(), {});
  ledger.follow(Op::free_os_memory(), {.answer = Answer::out_of_memory});
  EXPECT_TRUE(ledger.failed());
  ledger.follow(Op::gc(), {});
  EXPECT_FALSE(ledger.failed());
  EXPECT_TRUE(ledger.previous_was(OperationKind::gc));
}

}  // namespace
}  // namespace heaplaw::oracle
