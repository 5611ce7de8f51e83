#include "oracle/shrink.h"

#include <algorithm>
#include <random>
#include <unordered_map>

#include <gtest/gtest.h>

#include "toy_heap.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;

Trace long_trace(std::size_t length, std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  Trace trace{.procs = 4};
  std::vector<std::uint64_t> live;
  while (trace.operations.size() < length) {
    const std::uint64_t dice = random() % 100;
    if (dice < 50) {
      live.push_back(trace.operations.size() % 5000);
      trace.operations.push_back(
          Op::alloc(live.back(), Bytes{1 + random() % 40'000}, ObjectKind::noscan));
    } else if (dice < 95 && !live.empty()) {
      trace.operations.push_back(Op::drop(live.front()));
      live.erase(live.begin());
    } else {
      trace.operations.push_back(dice < 97 ? Op::gc() : Op::proc(random() % 4));
    }
  }
  remove_breaches(trace);
  return trace;
}

std::size_t count(const Trace& trace, OperationKind kind) {
  return static_cast<std::size_t>(std::ranges::count(trace.operations, kind, &Operation::kind));
}

// Fails at the operation after which so many bytes are live and a collection has been requested.
FailsAt fails_above(std::uint64_t bytes) {
  return [=](const Trace& trace) -> std::optional<std::size_t> {
    std::unordered_map<std::uint64_t, std::uint64_t> live;
    std::uint64_t sum = 0;
    bool collected = false;
    for (std::size_t i = 0; i < trace.operations.size(); ++i) {
      const Op& op = trace.operations[i];
      if (op.kind == OperationKind::alloc) sum += live[op.handle] = op.value;
      if (op.kind == OperationKind::drop) sum -= live[op.handle];
      collected |= op.kind == OperationKind::gc;
      if (collected && sum >= bytes) return i;
    }
    return std::nullopt;
  };
}

TEST(Shrink, AHundredThousandOperationsBecomeTheTwoThatMatter) {
  const Shrunk shrunk = shrink(long_trace(100'000), fails_above(100'000));
  EXPECT_TRUE(shrunk.failed);
  EXPECT_TRUE(shrunk.finished);
  ASSERT_EQ(shrunk.trace.operations.size(), 2u) << print(shrunk.trace);
  EXPECT_EQ(count(shrunk.trace, OperationKind::gc), 1u);
  EXPECT_EQ(shrunk.trace.procs, 1u);
}

// Ten needles in the hay: scattered operations that only together fail.
TEST(Shrink, ScatteredCausesAreAllKept) {
  const Trace trace = long_trace(100'000);
  const FailsAt fails = [](const Trace& t) -> std::optional<std::size_t> {
    std::uint64_t next = 0;
    for (std::size_t i = 0; i < t.operations.size(); ++i) {
      const Op& op = t.operations[i];
      if (op.kind == OperationKind::alloc && op.value % 16 == next) ++next;
      if (next == 10) return i;
    }
    return std::nullopt;
  };
  const Shrunk shrunk = shrink(trace, fails);
  EXPECT_EQ(shrunk.trace.operations.size(), 10u);
  EXPECT_EQ(fails(shrunk.trace), 9u);
}

TEST(Shrink, AHistoryThatDoesNotFailIsReturnedAsItIs) {
  const Trace trace = long_trace(100);
  const Shrunk shrunk = shrink(trace, [](const Trace&) { return std::nullopt; });
  EXPECT_FALSE(shrunk.failed);
  EXPECT_EQ(shrunk.trace, trace);
  EXPECT_EQ(shrunk.runs, 1u);
}

TEST(Shrink, EveryHistoryTriedIsValid) {
  const FailsAt inner = fails_above(200'000);
  const Shrunk shrunk = shrink(long_trace(5'000), [&](const Trace& trace) {
    EXPECT_FALSE(first_breach(trace)) << print(trace);
    return inner(trace);
  });
  EXPECT_TRUE(shrunk.failed);
}

TEST(Shrink, AnInterruptionKeepsTheBestSoFar) {
  const FailsAt fails = fails_above(100'000);
  std::optional<Trace> kept;
  const Shrunk shrunk = shrink(long_trace(20'000), fails, {}, [&](const Trace& smaller) {
    kept = smaller;
    return smaller.operations.size() > 500;
  });
  EXPECT_FALSE(shrunk.finished);
  EXPECT_TRUE(shrunk.failed);
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, shrunk.trace);
  EXPECT_LE(kept->operations.size(), 500u);
  EXPECT_TRUE(fails(*kept));
}

TEST(Shrink, NeverGrowsAndEndsWithItsBudget) {
  std::size_t last = ~std::size_t{0};
  const Shrunk shrunk =
      shrink(long_trace(20'000), fails_above(100'000), {.runs_max = 20}, [&](const Trace& smaller) {
        EXPECT_LE(smaller.operations.size(), last);
        last = smaller.operations.size();
        return true;
      });
  EXPECT_EQ(shrunk.runs, 20u);
  EXPECT_FALSE(shrunk.finished);
}

}  // namespace
}  // namespace heaplaw::oracle
