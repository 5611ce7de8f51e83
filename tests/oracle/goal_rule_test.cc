#include "oracle/recording/goal_rule.h"

#include <gtest/gtest.h>

#include "toy_heap.h"

namespace heaplaw::oracle {
namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

// A process that was collected with so many bytes marked, at this percentage.
struct Collected {
  explicit Collected(std::uint64_t percent) {
    ledger.gc_percent = percent;
    heap.stats.total_alloc = 50 * mebibyte;
    rule.follow(Operation::gc(), heap);
  }
  [[nodiscard]] std::optional<std::string> judge(std::uint64_t next_gc, std::uint64_t heap_alloc,
                                                 const Release& release = Release(19, 8)) {
    return rule.judge({.heap_alloc = heap_alloc, .next_gc = next_gc}, ledger, release, heap);
  }

  ToyHeap heap;
  HeapLedger ledger;
  GoalRule rule;
};

// GC-13: 4 MiB at 100 percent, and with it in proportion.
TEST(GoalRule, AGoalIsNeverBelowItsMinimum) {
  Collected c(200);
  EXPECT_EQ(c.judge(8 * mebibyte, 2 * mebibyte), "");
  EXPECT_EQ(c.judge(8 * mebibyte - 1, 2 * mebibyte), "at least 8388608");
  EXPECT_FALSE(c.rule.used()) << "neither tells anything of stacks";
}

// While a sweep is behind the mark the goal leaves a mebibyte for it; a new setting commits again.
TEST(GoalRule, RoomToSweepIsKeptUntilTheNextSetting) {
  Collected c(1);
  EXPECT_EQ(c.judge(11 * mebibyte, 10 * mebibyte), "");
  EXPECT_EQ(c.judge(11 * mebibyte - 1, 10 * mebibyte), "at least 11534336");
  c.rule.follow(Operation::gc_percent(1), c.heap);
  EXPECT_EQ(c.judge(11 * mebibyte - 1, 10 * mebibyte), "");
}

// What is allocated since the collection was not marked.
TEST(GoalRule, AllGoalsFollowFromMarkedBytesAndTheSameStacks) {
  Collected c(100);
  const auto goal = [](std::uint64_t allocated, std::uint64_t scanned) {
    const std::uint64_t marked = allocated + ScannedBytes::marked_uncounted;
    return marked + (marked + scanned + ScannedBytes::called_directly);
  };
  EXPECT_EQ(c.judge(goal(10 * mebibyte, 200'000), 10 * mebibyte), "");
  EXPECT_TRUE(c.rule.used());
  c.heap.stats.total_alloc += 3 * mebibyte;
  EXPECT_EQ(c.judge(goal(10 * mebibyte, 200'000), 13 * mebibyte), "");
  EXPECT_LE(c.rule.least(), 200'000u);
  EXPECT_GE(c.rule.most(), 200'000u);
  EXPECT_EQ(c.judge(goal(10 * mebibyte, 300'000), 13 * mebibyte),
            "what 10485760 marked bytes and the same stacks and globals give");
}

TEST(GoalRule, NothingFollowsBeforeACollectionOrInOlderReleases) {
  ToyHeap heap;
  GoalRule fresh;
  EXPECT_EQ(fresh.judge({.next_gc = 4 * mebibyte}, HeapLedger{}, Release(19, 8), heap),
            std::nullopt);
  Collected c(100);
  EXPECT_EQ(c.judge(1, 1, Release(18, 0)), std::nullopt);
  c.ledger.memory_limit = 64 * mebibyte;
  EXPECT_EQ(c.judge(1, 1), std::nullopt) << "both settings together";
}

}  // namespace
}  // namespace heaplaw::oracle
