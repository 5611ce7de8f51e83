// What people's clipboards, pages and log shippers do to a line, undone: without touching a digit.
#pragma once

#include <string>
#include <string_view>

namespace heaplaw::evidence {

// Writes the line to `out` without HTML elements, with entities as the characters that they stand
// for, other blanks (U+00A0, U+3000) as blanks, no blank before a comma, and no indentation,
// comment marks, quoting marks or blanks around. A # stays, since profiles use it.
void mend_line(std::string_view line, std::string& out);

// Where a line of a trace may begin behind a log's prefix: the offsets at which one of the words
// "gc", "scvg", "forced scvg" and "scav" stands at the begin of a word. `from` is where to look;
// npos if there is none.
[[nodiscard]] std::size_t find_trace_word(std::string_view line, std::size_t from);

}  // namespace heaplaw::evidence
