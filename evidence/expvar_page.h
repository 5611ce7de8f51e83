// The body of /debug/vars: a JSON object, one variable a line, MemStats among them (formats, 6).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/mem_stats_value.h"
#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

struct ExpvarPage {
  struct Variable {
    std::string name;   // as quoted in the page, without the quotes
    std::string value;  // JSON, kept as it was; empty for MemStats
    bool operator==(const Variable&) const = default;
  };
  std::vector<Variable> variables;  // in the page's order, "memstats" in its place
  std::optional<MemStatsValue> mem_stats;

  bool operator==(const ExpvarPage&) const = default;
};

// Strictly what the package prints: keys in rising order, no blanks but its own; values of other
// variables are any JSON. Throws InputError.
[[nodiscard]] ExpvarPage parse_expvar_page(std::string_view text, const std::string& file);

[[nodiscard]] std::string print(const ExpvarPage& page);

}  // namespace heaplaw::evidence
