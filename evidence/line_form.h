// A form of line as data: constant text and figures in turn. The same table reads a line, compiled
// into straight code, and prints it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "evidence/line_scanner.h"

namespace heaplaw::evidence {

enum class Figure : std::uint8_t {
  none,  // the text ends the form
  decimal,
  integer,  // may be below 0
  hex,
  thousandths,  // "0.120": in units of the last digit
  go_millis,    // Go's time in ms: three digits of precision at most, kept in us (formats, 3)
};

// A piece of text and the figure that follows it.
template <typename Line>
struct FormPart {
  std::string_view text;
  Figure figure = Figure::none;
  std::uint64_t& (*field)(Line&) = nullptr;
  std::int64_t Line::*integer = nullptr;
};

void append_go_millis(std::string& out, std::uint64_t us);
void append_figure(std::string& out, Figure figure, std::uint64_t value);

// Moves past what the form describes and fills in the line's fields; false, with the reason in the
// scanner, where something else stands.
template <const auto& form, typename Scanner, typename Line>
[[nodiscard]] bool scan_form(Scanner& of_line, Line& line) {
  // Of any scanner, since not every one knows every figure.
  const auto part = [&]<std::size_t i>(auto& scanner, std::integral_constant<std::size_t, i>) {
    constexpr std::string_view text = form[i].text;
    if (!scanner.template literal<text.size()>(text.data())) return false;
    if constexpr (form[i].figure == Figure::integer) {
      return scanner.integer(line.*form[i].integer);
    } else if constexpr (form[i].figure == Figure::decimal) {
      return scanner.number(form[i].field(line));
    } else if constexpr (form[i].figure == Figure::hex) {
      return scanner.hex(form[i].field(line));
    } else if constexpr (form[i].figure == Figure::thousandths) {
      return scanner.thousandths(form[i].field(line));
    } else if constexpr (form[i].figure == Figure::go_millis) {
      return scanner.go_millis(form[i].field(line));
    } else {
      return true;
    }
  };
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return (part(of_line, std::integral_constant<std::size_t, i>{}) && ...);
  }
  (std::make_index_sequence<std::size(form)>{});
}

template <typename Line, std::size_t size>
void append_form(std::string& out, const FormPart<Line> (&form)[size], Line line) {
  for (const FormPart<Line>& part : form) {
    out += part.text;
    if (part.integer) {
      out += std::to_string(line.*part.integer);
    } else if (part.field) {
      append_figure(out, part.figure, part.field(line));
    }
  }
}

}  // namespace heaplaw::evidence
