#include "vocabulary/subject.h"

#include <array>

#include <fmt/format.h>

namespace heaplaw {

std::string_view name_of(Answer answer) {
  constexpr std::array<std::string_view, 5> names = {"nothing", "address", "stats", "out of memory",
                                                     "refused"};
  return names[static_cast<std::size_t>(answer)];
}

std::string to_string(const Observation& observation) {
  if (observation.answer == Answer::address) return fmt::format("{}", observation.address);
  return std::string(name_of(observation.answer));
}

}  // namespace heaplaw
