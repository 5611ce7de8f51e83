// A history as fuzzers meet it: bytes that they made, or a text that a person wrote or shrank.
// Seeds and regressions are kept as text, which says what they show.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vocabulary/trace.h"

namespace heaplaw::fuzz {

// Of each line that both the model and the oracle know, the first release.
[[nodiscard]] const std::vector<Release>& fuzzed_lines();
// Whether both know it.
[[nodiscard]] bool is_fuzzed(const Release& release);

// Whether it is a text trace, good or bad. No bytes that were encoded begin like one.
[[nodiscard]] bool is_text(std::span<const std::uint8_t> input);

// Nothing for a text with an error, and for a release without a model.
[[nodiscard]] std::optional<Trace> history_of(std::span<const std::uint8_t> input);

}  // namespace heaplaw::fuzz
