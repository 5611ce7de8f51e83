#include "model/accounting/ledger.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

TEST(Ledger, MovesBytesAndLosesNone) {
  Ledger ledger{.free = 65536, .released = 4 << 20};
  const std::uint64_t mapped = ledger.mapped();
  ledger.take(SpanUse::object, 32768, 8192);
  EXPECT_EQ(ledger.in_use, 32768u);
  EXPECT_EQ(ledger.free, 65536u - 24576);
  EXPECT_EQ(ledger.released, (4u << 20) - 8192);
  ledger.take(SpanUse::stack, 8192, 0);
  EXPECT_EQ(ledger.retained(), ledger.in_use + ledger.free) << "stacks are not the scavenger's";
  ledger.give_back(SpanUse::object, 32768);
  ledger.scavenge(16384);
  EXPECT_EQ(ledger.mapped(), mapped);
}

TEST(Ledger, RefusesToGoBelowZero) {
  Ledger ledger{.free = 8192};
  EXPECT_THROW(ledger.take(SpanUse::object, 16384, 0), CheckFailure);
  EXPECT_THROW(ledger.take(SpanUse::object, 8192, 8192), CheckFailure);
  EXPECT_THROW(ledger.give_back(SpanUse::work_buffer, 1), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::model
