#include "properties/history_properties.h"

#include <map>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "faulty_subject.h"
#include "oracle/naive/runtime.h"
#include "properties/trace_generator.h"
#include "vocabulary/trace_bytes.h"

// Each property sees the fault that it is there for, and the report is a small history as text.
namespace heaplaw::properties {
namespace {

using testing::HasSubstr;
using Faults = FaultySubject::Faults;

std::unique_ptr<Subject> naive(const Trace& trace) {
  return std::make_unique<oracle::NaiveRuntime>(trace.release, trace.procs);
}
// The faults may remember what happened to this one subject, so that they are made with it.
MakeSubject with(std::function<Faults()> make_faults) {
  return [make_faults](const Trace& trace) {
    return std::make_unique<FaultySubject>(naive(trace), make_faults());
  };
}
void move(Observation& observation) { observation.address = observation.address + 8_B; }

// Fails on some history of these seeds, and says so in at most so many operations.
void expect_found(const std::function<TraceProperty(std::uint64_t)>& property,
                  std::size_t operations_max) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Trace trace = generate(seed, {.length = 120, .release = Release(19, 8)});
    const auto report = counterexample(seed, trace, property(seed));
    if (!report) continue;
    EXPECT_THAT(*report, HasSubstr("history of seed " + std::to_string(seed)));
    const Trace smallest = parse_trace(report->substr(report->find("heaplaw-trace")), "report");
    EXPECT_LE(smallest.operations.size(), operations_max) << *report;
    EXPECT_TRUE(property(seed)(smallest)) << "the smallest history does not fail";
    return;
  }
  FAIL() << "nothing was found";
}

void expect_silent(const std::function<TraceProperty(std::uint64_t)>& property) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Trace trace = generate(seed, {.length = 60, .release = Release(19, 8)});
    const auto complaint = property(seed)(trace);
    EXPECT_FALSE(complaint) << "seed " << seed << ": " << complaint->text;
  }
}

TEST(HistoryProperties, LockstepFindsAWrongAddress) {
  const MakeSubject faulty = with([] {
    return Faults{.answer = [](const Operation& operation, Observation& observation) {
      if (operation.kind == OperationKind::alloc && operation.value > 40'000) move(observation);
    }};
  });
  expect_found([&](std::uint64_t) { return agree_in_lockstep({naive, faulty}); }, 1);
  expect_silent([&](std::uint64_t) { return agree_in_lockstep({naive, naive}); });
}

TEST(HistoryProperties, TextAndBytesThatLoseSomethingAreFound) {
  const TracePrinter no_kinds = [](const Trace& trace) {
    Trace plain = trace;
    for (Operation& operation : plain.operations) operation.object = ObjectKind::noscan;
    return print(plain);
  };
  expect_found([&](std::uint64_t) { return survives_as_text(no_kinds); }, 1);
  expect_silent([](std::uint64_t) { return survives_as_text(&print); });

  const TraceEncoder without_last = [](const Trace& trace) {
    Trace shorter = trace;
    if (!shorter.operations.empty()) shorter.operations.pop_back();
    return encode_trace(shorter);
  };
  expect_found([&](std::uint64_t) { return survives_as_bytes(without_last); }, 1);
  expect_silent([](std::uint64_t) { return survives_as_bytes(&encode_trace); });
}

TEST(HistoryProperties, ASubjectThatReadsNamesIsFound) {
  const MakeSubject faulty = with([] {
    return Faults{.answer = [](const Operation& operation, Observation& observation) {
      if (observation.answer == Answer::address && operation.handle % 7 == 3) move(observation);
    }};
  });
  expect_found([&](std::uint64_t seed) { return ignores_names(faulty, seed); }, 2);
  expect_silent([](std::uint64_t seed) { return ignores_names(naive, seed); });
}

TEST(HistoryProperties, ASubjectThatMindsTheOrderOfDropsIsFound) {
  const MakeSubject faulty = with([] {
    return Faults{.answer = [last = std::uint64_t{0}](const Operation& operation,
                                                      Observation& observation) mutable {
      if (operation.kind == OperationKind::drop) last = operation.handle;
      if (operation.kind == OperationKind::alloc && last % 2 != 0) move(observation);
    }};
  });
  expect_found([&](std::uint64_t seed) { return ignores_order_of_drops(faulty, seed); }, 12);
  expect_silent([](std::uint64_t seed) { return ignores_order_of_drops(naive, seed); });
}

TEST(HistoryProperties, ASubjectThatIdleOperationsDisturbIsFound) {
  const MakeSubject faulty = with([] {
    const auto pressed = std::make_shared<bool>(false);
    return Faults{.answer = [pressed](const Operation& operation, Observation& observation) {
      *pressed = *pressed || operation.kind == OperationKind::os_pressure;
      if (operation.kind == OperationKind::alloc && *pressed) move(observation);
    }};
  });
  expect_found([&](std::uint64_t seed) { return ignores_idle_operations(faulty, seed); }, 30);
  expect_silent([](std::uint64_t seed) { return ignores_idle_operations(naive, seed); });
}

TEST(HistoryProperties, ASubjectThatALookChangesIsFound) {
  const MakeSubject faulty = with([] {
    const auto looks = std::make_shared<int>(0);
    return Faults{.answer =
                      [looks](const Operation& operation, Observation& observation) {
                        const bool late = *looks > 3 && operation.kind == OperationKind::alloc;
                        if (late) move(observation);
                      },
                  .stats = [looks](MemStats&) { ++*looks; }};
  });
  expect_found([&](std::uint64_t) { return ignores_looks(faulty); }, 10);
  expect_silent([](std::uint64_t) { return ignores_looks(naive); });
}

TEST(HistoryProperties, AThirdCollectionThatFreesIsFound) {
  const MakeSubject faulty = with([] {
    const auto collections = std::make_shared<std::uint64_t>(0);
    return Faults{.answer =
                      [collections](const Operation& operation, Observation&) {
                        *collections += operation.kind == OperationKind::gc;
                      },
                  .stats = [collections](MemStats& stats) { stats.frees += *collections; }};
  });
  expect_found([&](std::uint64_t) { return collects_completely(faulty); }, 1);
  expect_silent([](std::uint64_t) { return collects_completely(naive); });
}

TEST(HistoryProperties, ASubjectThatThrowsFailsTheProperty) {
  const MakeSubject faulty = with([] {
    return Faults{.answer = [](const Operation& operation, Observation&) {
      if (operation.kind == OperationKind::drop) throw std::runtime_error("no such thing");
    }};
  });
  expect_found([&](std::uint64_t) { return ignores_looks(faulty); }, 2);
}

}  // namespace
}  // namespace heaplaw::properties
