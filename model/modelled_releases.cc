#include "model/modelled_releases.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/ranges.h>

namespace heaplaw::model {

namespace {

// In earlier patches of 1.19 and 1.20 what an allocation owes the sweep could wrap (SW-4).
constexpr Release lines[] = {Release{19, 7}, Release{20, 2}, Release{21}, Release{22},
                             Release{23},    Release{24},    Release{25}, Release{26}};

}  // namespace

std::span<const Release> modelled_lines() { return lines; }

bool is_modelled(const Release& release) {
  return std::ranges::any_of(lines, [&](const Release& first) {
    return release.minor() == first.minor() && release >= first;
  });
}

void require_modelled(const Release& release) {
  if (is_modelled(release)) return;
  throw std::invalid_argument(
      fmt::format("the heap of {} has no model; modelled are {} and later patches of each", release,
                  fmt::join(lines, ", ")));
}

}  // namespace heaplaw::model
