#include "model/modelled_releases.h"

#include <algorithm>
#include <stdexcept>

namespace heaplaw::model {

namespace {

constexpr unsigned lines[] = {19, 20, 21, 22, 23, 24, 25, 26};

}  // namespace

std::span<const unsigned> modelled_lines() { return lines; }

bool is_modelled(const Release& release) {
  return release.stage() == Release::Stage::final &&
         std::ranges::find(lines, release.minor()) != std::end(lines);
}

void require_modelled(const Release& release) {
  if (is_modelled(release)) return;
  throw std::invalid_argument(
      fmt::format("the heap of {} has no model; those of the final releases of go1.{} to go1.{} do",
                  release, lines[0], std::end(lines)[-1]));
}

}  // namespace heaplaw::model
