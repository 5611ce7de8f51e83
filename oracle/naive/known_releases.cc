#include "oracle/naive/known_releases.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace heaplaw::oracle {

namespace {

constexpr Release lines[] = {
    // Before 1.19.7 sweeping owes too much after a flush.
    Release(19, 7), Release(20, 2), Release{21}, Release{22},
    Release{23},    Release{24},    Release{25}, Release{26},
};

}  // namespace

std::span<const Release> naive_lines() { return lines; }

bool naive_knows(const Release& release) {
  return std::ranges::any_of(lines, [&](const Release& first) {
    return release.minor() == first.minor() && release >= first;
  });
}

std::string describe_naive_lines() {
  return fmt::format("{} and later patches of each", fmt::join(lines, ", "));
}

}  // namespace heaplaw::oracle
