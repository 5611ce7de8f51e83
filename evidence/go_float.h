// Floating point as Go prints and reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heaplaw::evidence {

enum class GoFloatForm : unsigned char {
  // strconv's 'g' with the fewest digits, which is fmt's %v, Prometheus' text, and JSON up to Go
  // 1.7: an exponent of at least two digits below 1e-4 and from 1e6 on.
  shortest,
  // encoding/json since Go 1.8: an exponent below 1e-6 and from 1e21 on, e-7 instead of e-07.
  json,
};

void append_go_float(std::string& out, double value, GoFloatForm form);
[[nodiscard]] std::string go_float(double value, GoFloatForm form);

// Any spelling that Go reads, NaN and +Inf included; nothing for other text.
[[nodiscard]] std::optional<double> parse_go_float(std::string_view text);

}  // namespace heaplaw::evidence
