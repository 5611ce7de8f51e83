#include "cli/history/failure.h"

#include <csignal>

#include <gtest/gtest.h>
#include <unistd.h>

#include "faulty_lineup.h"

namespace heaplaw::cli {
namespace {

using std::chrono::seconds;

const Trace trace{.release = Release{19, 8},
                  .operations = {Operation::alloc(1, 8_B, ObjectKind::noscan), Operation::gc(),
                                 Operation::alloc(2, 48_B, ObjectKind::noscan),
                                 Operation::alloc(3, 64_B, ObjectKind::noscan)}};
const Trace harmless{.release = Release{19, 8}, .operations = {Operation::gc()}};

Lineup dying_at(std::uint64_t size, void (*die)()) {
  return lineup_with([=] {
    return [=](const Operation& operation, Observation&) {
      if (operation.kind == OperationKind::alloc && operation.value == size) die();
    };
  });
}

TEST(Failure, ADivergenceIsFoundWhereItIs) {
  const Lineup lineup = lineup_with([] { return wrong_address_after_gc(48); });
  const std::atomic<bool> interrupted = false;
  FailureFinder finder(lineup, interrupted);
  const auto failure = finder.first(trace, FailureWish::any);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->index, 2u);
  EXPECT_NE(describe(*failure).find("address is"), std::string::npos);
  EXPECT_EQ(finder.fails_at(seconds{5})(trace), 2u);
  EXPECT_EQ(finder.fails_at(seconds{5})(harmless), std::nullopt);
  EXPECT_EQ(finder.last().index, 2u);
}

TEST(Failure, NothingFailsWithoutAFault) {
  const Lineup lineup = model_and_oracle;
  const std::atomic<bool> interrupted = false;
  FailureFinder finder(lineup, interrupted);
  for (const FailureWish wish : {FailureWish::any, FailureWish::same, FailureWish::crash}) {
    EXPECT_FALSE(finder.first(trace, wish));
  }
}

TEST(Failure, TheDeathOfTheProcessIsFoundFromOutside) {
  const Lineup lineup = dying_at(64, [] { (void)std::raise(SIGKILL); });
  const std::atomic<bool> interrupted = false;
  FailureFinder finder(lineup, interrupted);
  const auto failure = finder.first(trace, FailureWish::any);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->index, 3u);
  EXPECT_FALSE(failure->divergence);
  EXPECT_EQ(describe(*failure), "operation 3: the process dies: signal 9 (Killed)");
  EXPECT_EQ(finder.fails_at(seconds{5})(trace), 3u);
  EXPECT_EQ(finder.fails_at(seconds{5})(harmless), std::nullopt);
}

// The judge turns exceptions into divergences; this one is none.
TEST(Failure, WhatNoJudgeCatchesIsADeath) {
  const Lineup lineup = dying_at(64, [] { throw 42; });
  const std::atomic<bool> interrupted = false;
  EXPECT_TRUE(FailureFinder(lineup, interrupted).first(trace, FailureWish::crash));
}

TEST(Failure, ACrashIsWishedForAndADivergenceIsNone) {
  const Lineup lineup = lineup_with([] { return wrong_address_after_gc(48); });
  const std::atomic<bool> interrupted = false;
  EXPECT_FALSE(FailureFinder(lineup, interrupted).first(trace, FailureWish::crash));
}

// The first history fails by an address; another one fails as well, but by an invariant.
TEST(Failure, OnlyTheSameFailureCountsIfThatIsWished) {
  const Lineup lineup = lineup_with([] {
    return [inner = wrong_address_after_gc(48)](const Operation& operation,
                                                Observation& observation) mutable {
      if (operation.value == 64) throw CheckFailure("planted");
      inner(operation, observation);
    };
  });
  Trace other = harmless;
  other.operations.push_back(Operation::alloc(1, 64_B, ObjectKind::noscan));
  const std::atomic<bool> interrupted = false;
  FailureFinder same(lineup, interrupted);
  ASSERT_TRUE(same.first(trace, FailureWish::same));
  EXPECT_EQ(same.fails_at(seconds{5})(other), std::nullopt);
  FailureFinder any(lineup, interrupted);
  ASSERT_TRUE(any.first(trace, FailureWish::any));
  EXPECT_EQ(any.fails_at(seconds{5})(other), 1u);
}

// Histories that die are shrunk; one that hangs on the way must not stop the search.
TEST(Failure, ARunThatHangsIsGivenUp) {
  const Lineup lineup = lineup_with([] {
    return [](const Operation& operation, Observation&) {
      if (operation.value == 48) (void)std::raise(SIGKILL);
      while (operation.kind == OperationKind::free_os_memory) (void)::pause();
    };
  });
  const std::atomic<bool> interrupted = false;
  FailureFinder finder(lineup, interrupted);
  ASSERT_TRUE(finder.first(trace, FailureWish::any));
  Trace hanging = harmless;
  hanging.operations.push_back(Operation::free_os_memory());
  EXPECT_EQ(finder.fails_at(seconds{1})(hanging), std::nullopt);
}

TEST(Failure, AnInterruptedRunHasFoundNothing) {
  const Lineup lineup = lineup_with([] { return wrong_address_after_gc(48); });
  const std::atomic<bool> interrupted = true;
  EXPECT_FALSE(FailureFinder(lineup, interrupted).first(trace, FailureWish::any));
}

}  // namespace
}  // namespace heaplaw::cli
