#include "oracle/laws/trace_laws.h"

#include <utility>

namespace heaplaw::oracle {

namespace {

using enum OperationKind;

// The same operations, each passed through the function.
template <typename Change>
Variation changed(const Trace& trace, Change change) {
  Variation result{trace, std::vector<bool>(trace.operations.size(), false)};
  for (Operation& operation : result.trace.operations) change(operation);
  return result;
}

// The same operations, with copies of some added behind them.
template <typename Wants>
Variation doubled(const Trace& trace, Wants wants) {
  Variation result{{trace.release, trace.procs, {}}, {}};
  const auto add = [&](const Operation& operation, bool added) {
    result.trace.operations.push_back(operation);
    result.added.push_back(added);
  };
  for (const Operation& operation : trace.operations) {
    add(operation, false);
    if (wants(operation)) add(operation, true);
  }
  return result;
}

Variation unchanged(const Trace& trace) {
  return changed(trace, [](Operation&) {});
}

// A bijection on 64 bits: odd factors lose nothing.
Variation renamed(const Trace& trace) {
  return changed(trace, [](Operation& operation) {
    if (rule_of(operation.kind).handle == HandleRole::none) return;
    std::uint64_t name = 0;
    (void)__builtin_mul_overflow(operation.handle + 1, 0x9e3779b97f4a7c15U, &name);
    operation.handle = name;
  });
}

Variation read_twice(const Trace& trace) {
  return doubled(trace, [](const Operation& o) { return o.kind == read_memstats; });
}

Variation set_twice(const Trace& trace) {
  return doubled(trace, [](const Operation& o) { return o.kind == proc; });
}

Variation with_moments(const Trace& trace) {
  Variation result{{trace.release, trace.procs, {}}, {}};
  std::uint64_t current = 0;
  for (const Operation& operation : trace.operations) {
    if (operation.kind == proc) current = operation.value;
    result.trace.operations.push_back(operation);
    result.added.push_back(false);
    if (result.added.size() % 7 == 0) {
      result.trace.operations.push_back(Operation::proc(current));
      result.added.push_back(true);
    }
  }
  return result;
}

Variation with_a_proc_more(const Trace& trace) {
  Variation result = unchanged(trace);
  if (result.trace.procs < procs_max) ++result.trace.procs;
  return result;
}

constexpr TraceLaw laws[] = {
    {{"the-same-again", "The same history has the same outcome.", "1.0 -", Strength::exact, "OR-2"},
     unchanged},
    {{"names-do-not-matter", "Handles and goroutines by other names have the same outcome.",
      "1.0 -", Strength::exact, "OR-4"},
     renamed},
    {{"reading-twice-is-reading-once", "A second ReadMemStats changes nothing that comes after.",
      "1.0 -", Strength::exact, "SP-18"},
     read_twice},
    {{"going-nowhere-changes-nothing", "Going to the P that is current changes nothing.", "1.0 -",
      Strength::exact, "SIM-3"},
     with_moments},
    {{"going-twice-is-going-once", "Going to a P a second time changes nothing.", "1.0 -",
      Strength::exact, "SIM-3"},
     set_twice},
    {{"an-idle-proc-moves-no-object", "A P that never runs changes no address.", "1.0 -",
      Strength::exact, "SIM-1"},
     with_a_proc_more},
};

// What a fresh subject answers to the operations that were not added.
std::vector<Observation> answers_of(Subject& subject, const Variation& variation) {
  std::vector<Observation> answers;
  for (std::size_t i = 0; i < variation.trace.operations.size(); ++i) {
    Observation observation = subject.apply(variation.trace.operations[i]);
    observation.stats = nullptr;  // the subject's own, and gone by now
    if (!variation.added[i]) answers.push_back(observation);
  }
  return answers;
}

Divergence broken(const TraceLaw& law, const Trace& trace, std::size_t index,
                  std::string_view field) {
  Divergence divergence{.operation_index = index,
                        .operation = trace.operations[index],
                        .field = std::string(field),
                        .law = std::string(law.text.id),
                        .source = std::string(law.text.source)};
  return divergence;
}

}  // namespace

std::span<const TraceLaw> trace_laws() { return laws; }

std::optional<Divergence> judge(const TraceLaw& law, const Trace& trace, const SubjectMaker& make,
                                std::uint64_t* compared) {
  if (trace.operations.empty()) return std::nullopt;
  const Variation variation = law.vary(trace);
  const auto first = make(trace);
  const auto second = make(variation.trace);
  const auto expected = answers_of(*first, unchanged(trace));
  const auto actual = answers_of(*second, variation);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (compared) ++*compared;
    if (expected[i] == actual[i]) continue;
    Divergence divergence = broken(law, trace, i, "answer");
    divergence.expected = to_string(expected[i]);
    divergence.actual = to_string(actual[i]);
    return divergence;
  }
  const PageMap expected_map = first->page_map();
  const PageMap actual_map = second->page_map();
  if (expected_map == actual_map) return std::nullopt;
  Divergence divergence = broken(law, trace, trace.operations.size() - 1, "page map");
  divergence.expected_map = expected_map;
  divergence.actual_map = actual_map;
  return divergence;
}

}  // namespace heaplaw::oracle
