#include "evidence/explanation/observation.h"

namespace heaplaw::evidence {

namespace {
constexpr ReleaseSpan lazy_releases{12, 15};
}  // namespace

std::optional<Bounds> held_by_go(const Figures& figures) {
  if (!figures.sys || !figures.heap_released) return std::nullopt;
  return *figures.sys - *figures.heap_released;
}

bool may_free_lazily(const Figures& figures) {
  return !figures.releases.intersected(lazy_releases).empty();
}

bool surely_frees_lazily(const Figures& figures) {
  return !figures.releases.empty() &&
         figures.releases.intersected(lazy_releases) == figures.releases;
}

}  // namespace heaplaw::evidence
