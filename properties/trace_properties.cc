// What must hold for all histories of Go 1.19's heap, of the model and of the naive oracle. A
// failure prints the history's seed and the smallest history that still fails, as text for `heaplaw
// replay`; HEAPLAW_SEED=that seed runs that history alone, RC_PARAMS="seed=... max_success=..."
// more of them.
#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "model/runtime.h"
#include "oracle/naive/runtime.h"
#include "properties/history_properties.h"
#include "properties/random.h"
#include "properties/trace_generator.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::properties {
namespace {

constexpr Release release{19, 8};

const MakeSubject make_model = [](const Trace& trace) {
  return std::make_unique<model::Runtime>(trace.release, trace.procs);
};
const MakeSubject make_naive = [](const Trace& trace) {
  return std::make_unique<oracle::NaiveRuntime>(trace.release, trace.procs);
};

// RapidCheck has nothing to shrink here: a smaller seed is no smaller history.
rc::Gen<std::uint64_t> any_seed() {
  if (const char* given = std::getenv("HEAPLAW_SEED")) {
    return rc::gen::just<std::uint64_t>(std::strtoull(given, nullptr, 0));
  }
  return rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
}

// Short histories reach odd corners sooner, long ones fill chunks; most are short.
Trace history_of(std::uint64_t seed) {
  constexpr std::uint64_t lengths[] = {10, 30, 30, 100, 100, 300, 1000};
  Random random(seed);
  return generate(seed, {.length = random.pick(lengths), .release = release});
}

template <typename MakeProperty>
void check(MakeProperty make_property) {
  const std::uint64_t seed = *any_seed();
  const auto failure = counterexample(seed, history_of(seed), make_property(seed));
  if (failure) RC_FAIL(*failure);
}

RC_GTEST_PROP(TraceProperties, ModelAndOracleAgreeAndBreakNoLaw, ()) {
  check([](std::uint64_t) { return agree_in_lockstep({make_naive, make_model}); });
}

RC_GTEST_PROP(TraceProperties, AHistorySurvivesAsText, ()) {
  check([](std::uint64_t) { return survives_as_text(&print); });
}

RC_GTEST_PROP(TraceProperties, AHistorySurvivesAsBytes, ()) {
  check([](std::uint64_t) { return survives_as_bytes(&encode_trace); });
}

RC_GTEST_PROP(TraceProperties, NamesDoNotMatterToTheModel, ()) {
  check([](std::uint64_t seed) { return ignores_names(make_model, seed); });
}
RC_GTEST_PROP(TraceProperties, NamesDoNotMatterToTheOracle, ()) {
  check([](std::uint64_t seed) { return ignores_names(make_naive, seed); });
}

RC_GTEST_PROP(TraceProperties, OrderOfDropsDoesNotMatterToTheModel, ()) {
  check([](std::uint64_t seed) { return ignores_order_of_drops(make_model, seed); });
}
RC_GTEST_PROP(TraceProperties, OrderOfDropsDoesNotMatterToTheOracle, ()) {
  check([](std::uint64_t seed) { return ignores_order_of_drops(make_naive, seed); });
}

RC_GTEST_PROP(TraceProperties, IdleOperationsDoNothingToTheModel, ()) {
  check([](std::uint64_t seed) { return ignores_idle_operations(make_model, seed); });
}
RC_GTEST_PROP(TraceProperties, IdleOperationsDoNothingToTheOracle, ()) {
  check([](std::uint64_t seed) { return ignores_idle_operations(make_naive, seed); });
}

RC_GTEST_PROP(TraceProperties, LookingChangesNothingInTheModel, ()) {
  check([](std::uint64_t) { return ignores_looks(make_model); });
}
RC_GTEST_PROP(TraceProperties, LookingChangesNothingInTheOracle, ()) {
  check([](std::uint64_t) { return ignores_looks(make_naive); });
}

RC_GTEST_PROP(TraceProperties, AThirdCollectionFindsNothingInTheModel, ()) {
  check([](std::uint64_t) { return collects_completely(make_model); });
}
RC_GTEST_PROP(TraceProperties, AThirdCollectionFindsNothingInTheOracle, ()) {
  check([](std::uint64_t) { return collects_completely(make_naive); });
}

}  // namespace
}  // namespace heaplaw::properties
