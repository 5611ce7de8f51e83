// The lines of GODEBUG=gctrace and scavtrace, read and printed one at a time.
#pragma once

#include <string>
#include <string_view>

#include "evidence/line_scanner.h"
#include "vocabulary/gc_trace.h"
#include "vocabulary/release_span.h"

namespace heaplaw::evidence {

// Each reads a whole line, without its end, or leaves the reason why not in the scanner.
[[nodiscard]] bool match(LineScanner& scanner, GcLine& line);
[[nodiscard]] bool match(LineScanner& scanner, OldGcLine& line);
[[nodiscard]] bool match(LineScanner& scanner, ScvgLine& line);
[[nodiscard]] bool match(LineScanner& scanner, ScavLine& line);

// For a line with a byte behind it that is no part of a figure, such as its '\n': true only where
// match() is, with the same result. False for nearly no line of Go 1.6 on.
[[nodiscard]] bool match_quickly(std::string_view text, GcLine& line);

// The line that comes before that of a periodic collection, from Go 1.4 on.
inline constexpr std::string_view gc_forced_line = "GC forced";

// Without a line end.
[[nodiscard]] std::string print(const GcLine& line);
[[nodiscard]] std::string print(const OldGcLine& line);
[[nodiscard]] std::string print(const ScvgLine& line);
[[nodiscard]] std::string print(const ScavLine& line);

// The releases that print the form.
[[nodiscard]] ReleaseSpan releases_of(const GcLine& line);
[[nodiscard]] ReleaseSpan releases_of(const OldGcLine& line);
[[nodiscard]] ReleaseSpan releases_of(const ScvgLine& line);
[[nodiscard]] ReleaseSpan releases_of(const ScavLine& line);

// Throws InputError for a line that is not one of its kind.
template <typename Line>
[[nodiscard]] Line parse_trace_line(std::string_view text, const Place& place) {
  LineScanner scanner(text);
  Line line;
  if (!match(scanner, line)) scanner.fail(place);
  return line;
}

}  // namespace heaplaw::evidence
