// A history as fuzzers meet it: bytes that they made, or a text that a person wrote or shrank.
// Seeds and regressions are kept as text, which says what they show.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vocabulary/trace.h"

namespace heaplaw::fuzz {

// The release whose heap both runtimes know.
inline constexpr Release modelled_release{19, 8};
[[nodiscard]] bool is_modelled(const Release& release);

// Whether it is a text trace, good or bad; no bytes of a modelled release begin like one.
[[nodiscard]] bool is_text(std::span<const std::uint8_t> input);

// Nothing for a text with an error, and for a release without a model.
[[nodiscard]] std::optional<Trace> history_of(std::span<const std::uint8_t> input);

}  // namespace heaplaw::fuzz
