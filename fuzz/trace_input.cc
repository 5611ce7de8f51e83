#include "fuzz/trace_input.h"

#include <string_view>

#include "vocabulary/input_error.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {

namespace {

std::string_view text_of(std::span<const std::uint8_t> input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

}  // namespace

bool is_modelled(const Release& release) { return release == modelled_release; }

bool is_text(std::span<const std::uint8_t> input) {
  return text_of(input).starts_with("heaplaw-trace");
}

std::optional<Trace> history_of(std::span<const std::uint8_t> input) {
  try {
    Trace trace = is_text(input) ? parse_trace(text_of(input), "input") : decode_trace(input);
    if (is_modelled(trace.release)) return trace;
  } catch (const InputError&) {
    // The target trace_text looks after these.
  }
  return std::nullopt;
}

}  // namespace heaplaw::fuzz
