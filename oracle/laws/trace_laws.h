// Laws on whole histories: change one in a way that must not matter, and what the subject answers
// must stay the same. A subject is its own oracle here, so that nobody else has to be right.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "oracle/laws/law.h"
#include "vocabulary/divergence.h"
#include "vocabulary/subject.h"
#include "vocabulary/trace.h"

namespace heaplaw::oracle {

struct Variation {
  Trace trace;
  // For each of its operations, whether it was added: answers to the others must not change.
  std::vector<bool> added;
};

struct TraceLaw {
  LawText text;
  Variation (*vary)(const Trace&);
};

[[nodiscard]] std::span<const TraceLaw> trace_laws();

// Makes a fresh subject for a trace's release and Ps.
using SubjectMaker = std::function<std::unique_ptr<Subject>(const Trace&)>;

// Runs the history and its variation. `compared`, if given, counts the answers compared.
[[nodiscard]] std::optional<Divergence> judge(const TraceLaw& law, const Trace& trace,
                                              const SubjectMaker& make,
                                              std::uint64_t* compared = nullptr);

}  // namespace heaplaw::oracle
