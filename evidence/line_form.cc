#include "evidence/line_form.h"

#include <iterator>

#include <fmt/format.h>

namespace heaplaw::evidence {

void append_go_millis(std::string& out, std::uint64_t us) {
  constexpr std::uint64_t units[] = {1000, 100, 10, 1};
  const unsigned decimals = go_millis_decimals(us);
  fmt::format_to(std::back_inserter(out), "{}", us / 1000);
  if (decimals == 0) return;
  fmt::format_to(std::back_inserter(out), ".{:0{}}", us % 1000 / units[decimals], decimals);
}

void append_figure(std::string& out, Figure figure, std::uint64_t value) {
  const auto to = std::back_inserter(out);
  switch (figure) {
    case Figure::none:
    case Figure::integer:
      break;
    case Figure::decimal:
      fmt::format_to(to, "{}", value);
      break;
    case Figure::hex:
      fmt::format_to(to, "{:x}", value);
      break;
    case Figure::thousandths:
      fmt::format_to(to, "{}.{:03}", value / 1000, value % 1000);
      break;
    case Figure::go_millis:
      append_go_millis(out, value);
      break;
  }
}

}  // namespace heaplaw::evidence
