#include "fuzz/trace_input.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "model/modelled_releases.h"
#include "oracle/naive/known_releases.h"
#include "vocabulary/input_error.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {

namespace {

std::string_view text_of(std::span<const std::uint8_t> input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

}  // namespace

const std::vector<Release>& fuzzed_lines() {
  static const std::vector<Release> lines = [] {
    std::vector<Release> known;
    std::ranges::copy_if(model::modelled_lines(), std::back_inserter(known), oracle::naive_knows);
    return known;
  }();
  return lines;
}

bool is_fuzzed(const Release& release) {
  return model::is_modelled(release) && oracle::naive_knows(release);
}

bool is_text(std::span<const std::uint8_t> input) {
  return text_of(input).starts_with("heaplaw-trace");
}

std::optional<Trace> history_of(std::span<const std::uint8_t> input) {
  try {
    Trace trace = is_text(input) ? parse_trace(text_of(input), "input") : decode_trace(input);
    if (is_fuzzed(trace.release)) return trace;
  } catch (const InputError&) {
    // The target trace_text looks after these.
  }
  return std::nullopt;
}

}  // namespace heaplaw::fuzz
