// Properties of histories, and what a person gets to see of one that fails: not the history that
// was generated but the smallest that still fails, as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "oracle/shrink.h"
#include "vocabulary/subject.h"
#include "vocabulary/trace.h"

namespace heaplaw::properties {

struct Complaint {
  std::size_t operation = 0;  // where it showed, from 0
  std::string text;
};

// Nothing where the property holds. Asked many times, about smaller and smaller histories: the same
// history must always get the same answer.
using TraceProperty = std::function<std::optional<Complaint>(const Trace&)>;

// A fresh subject for a history.
using MakeSubject = std::function<std::unique_ptr<Subject>(const Trace&)>;

// The seed, what is wrong, and the smallest history; nothing where the property holds.
[[nodiscard]] std::optional<std::string> counterexample(std::uint64_t seed, const Trace& trace,
                                                        const TraceProperty& property,
                                                        const oracle::ShrinkBudget& budget = {});

}  // namespace heaplaw::properties
