#include "vocabulary/trace_rules.h"

#include <gtest/gtest.h>

#include "vocabulary/trace.h"

namespace heaplaw {
namespace {

Operation alloc(std::uint64_t handle) { return Operation::alloc(handle, 8_B, ObjectKind::scan); }

TEST(TraceRules, EachBreachIsNamedAndChangesNothing) {
  TraceRules rules(1);
  EXPECT_EQ(rules.follow(Operation::drop(1)), Breach::handle_dead);
  EXPECT_EQ(rules.follow(alloc(1)), Breach::none);
  EXPECT_EQ(rules.follow(alloc(1)), Breach::handle_live);
  EXPECT_EQ(rules.follow(Operation::proc(1)), Breach::malformed);
  EXPECT_EQ(rules.follow(Operation::drop(1)), Breach::none);
  EXPECT_EQ(rules.follow(Operation::drop(1)), Breach::handle_dead);
  EXPECT_EQ(rules.live_objects().size(), 0u);
}

TEST(TraceRules, AHandleMayBeUsedAgainAfterItsDrop) {
  TraceRules rules(1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(rules.follow(alloc(7)), Breach::none);
    EXPECT_EQ(rules.follow(Operation::drop(7)), Breach::none);
  }
}

TEST(TraceRules, AStackMayGrowAgainAndIsFreedOnce) {
  TraceRules rules(1);
  EXPECT_EQ(rules.follow(Operation::stack_free(5)), Breach::stack_absent);
  EXPECT_EQ(rules.follow(Operation::stack_grow(5, 2_KiB)), Breach::none);
  EXPECT_EQ(rules.follow(Operation::stack_grow(5, 4_KiB)), Breach::none);
  EXPECT_TRUE(rules.live_stacks().contains(5));
  EXPECT_EQ(rules.follow(Operation::stack_free(5)), Breach::none);
  EXPECT_EQ(rules.follow(Operation::stack_free(5)), Breach::stack_absent);
}

TEST(TraceRules, ATraceIsRepairedByLeavingOut) {
  Trace trace{.operations = {alloc(1), Operation::drop(2), alloc(1), Operation::drop(1),
                             Operation::drop(1), Operation::gc()}};
  EXPECT_EQ(first_breach(trace), 1u);
  remove_breaches(trace);
  EXPECT_EQ(first_breach(trace), std::nullopt);
  EXPECT_EQ(trace.operations,
            (std::vector<Operation>{alloc(1), Operation::drop(1), Operation::gc()}));
}

TEST(TraceRules, BreachesAreDescribed) {
  EXPECT_EQ(describe(Breach::handle_live), "the handle of a live object");
  EXPECT_EQ(describe(Breach::stack_absent), "a goroutine without a stack");
}

}  // namespace
}  // namespace heaplaw
