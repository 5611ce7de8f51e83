#include "cli/terminal.h"

#include <ostream>

namespace heaplaw::cli {

std::string Terminal::good(std::string_view text) const {
  return color ? fmt::format("\x1b[32m{}\x1b[0m", text) : std::string(text);
}

std::string Terminal::bad(std::string_view text) const {
  return color ? fmt::format("\x1b[31m{}\x1b[0m", text) : std::string(text);
}

std::string grouped(std::uint64_t n) {
  std::string digits = fmt::format("{}", n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

void Progress::show(std::string_view line) {
  if (!terminal_.progress || Clock::now() < quiet_until_) return;
  constexpr auto between_updates = std::chrono::milliseconds(200);
  quiet_until_ = Clock::now() + between_updates;
  terminal_.complain("\r\x1b[K{}", line);
  terminal_.err.flush();
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  terminal_.complain("\r\x1b[K");
  terminal_.err.flush();
  shown_ = false;
}

}  // namespace heaplaw::cli
