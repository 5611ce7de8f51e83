// Who lives through a history: the naive oracle, which the others are expected to agree with, and
// the model.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vocabulary/heap_start.h"
#include "vocabulary/release.h"
#include "vocabulary/subject.h"

namespace heaplaw::cli {

using Subjects = std::vector<std::unique_ptr<Subject>>;

// Makes fresh ones for each run, with the start of a recording or empty. Throws
// std::invalid_argument for a release that one of them does not know.
using Lineup =
    std::function<Subjects(const Release&, unsigned procs, const std::optional<HeapStart>&)>;

[[nodiscard]] Subjects model_and_oracle(const Release& release, unsigned procs,
                                        const std::optional<HeapStart>& start = std::nullopt);

// Whether the model and the oracle both know the release.
[[nodiscard]] bool is_modelled(const Release& release);

// Of each line the first release that both know, ascending; they know its later patches as well.
[[nodiscard]] std::span<const Release> modelled_releases();

// Throws InputError, saying which releases are modelled, if this one is not.
void expect_modelled(const Release& release, const std::string& file);

}  // namespace heaplaw::cli
