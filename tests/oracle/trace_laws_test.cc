#include "oracle/laws/trace_laws.h"

#include <set>

#include <gtest/gtest.h>

#include "toy_heap.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;

Trace some_trace() {
  Trace trace{.procs = 2};
  for (std::uint64_t i = 1; i <= 20; ++i) {
    trace.operations.push_back(Op::alloc(i, Bytes{100 * i}, ObjectKind::noscan));
    if (i % 4 == 0) trace.operations.push_back(Op::read_memstats());
    if (i % 5 == 0) trace.operations.push_back(Op::proc(i % 2));
  }
  return trace;
}

SubjectMaker toys(const std::function<ToyHeap::Fault(const Trace&)>& fault) {
  return [=](const Trace& trace) { return std::make_unique<ToyHeap>("toy", fault(trace)); };
}

// A toy whose answers depend on what they must not depend on.
ToyHeap::Fault shifted_by(std::uint64_t bytes) {
  return [=](ToyHeap&, const Op& op, Observation& o) {
    if (op.kind == OperationKind::alloc) o.address = o.address + Bytes{bytes};
  };
}

struct Plant {
  std::string_view law;
  ToyHeap::Fault (*fault)(const Trace&);
};

ToyHeap::Fault counts_of(OperationKind kind) {
  return [kind, seen = std::uint64_t{0}](ToyHeap&, const Op& op, Observation& o) mutable {
    seen += op.kind == kind;
    if (op.kind == OperationKind::alloc) o.address = o.address + Bytes{seen};
  };
}

const Plant plants[] = {
    {"the-same-again",
     [](const Trace&) {
       static std::uint64_t run = 0;
       return shifted_by(++run);
     }},
    {"names-do-not-matter",
     [](const Trace& t) { return shifted_by(t.operations.front().handle % 1000); }},
    {"reading-twice-is-reading-once",
     [](const Trace&) { return counts_of(OperationKind::read_memstats); }},
    {"going-nowhere-changes-nothing", [](const Trace&) { return counts_of(OperationKind::proc); }},
    {"going-twice-is-going-once", [](const Trace&) { return counts_of(OperationKind::proc); }},
    {"an-idle-proc-moves-no-object", [](const Trace& t) { return shifted_by(t.procs); }},
};

TEST(TraceLaws, HoldForTheToyAndCompareEveryAnswer) {
  const Trace trace = some_trace();
  for (const TraceLaw& law : trace_laws()) {
    std::uint64_t compared = 0;
    EXPECT_FALSE(judge(law, trace, toys([](const Trace&) { return ToyHeap::Fault{}; }), &compared));
    EXPECT_EQ(compared, trace.operations.size()) << law.text.id;
  }
}

TEST(TraceLaws, EveryLawFindsItsOwnAndHasAPlant) {
  std::set<std::string_view> found;
  for (const Plant& plant : plants) {
    for (const TraceLaw& law : trace_laws()) {
      if (law.text.id != plant.law) continue;
      const auto divergence = judge(law, some_trace(), toys(plant.fault));
      ASSERT_TRUE(divergence) << plant.law;
      EXPECT_EQ(divergence->law, plant.law);
      found.insert(plant.law);
    }
  }
  EXPECT_EQ(found.size(), trace_laws().size());
}

TEST(TraceLaws, VariationsAreValidHistories) {
  for (const TraceLaw& law : trace_laws()) {
    const Variation variation = law.vary(some_trace());
    EXPECT_FALSE(first_breach(variation.trace)) << law.text.id;
    EXPECT_EQ(variation.added.size(), variation.trace.operations.size());
  }
}

}  // namespace
}  // namespace heaplaw::oracle
