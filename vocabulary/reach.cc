#include "vocabulary/reach.h"

#include <algorithm>
#include <tuple>

namespace heaplaw {

namespace {

// Constant-initialised, so that it stands before the first mark registers itself.
constinit ReachPoint* first_point = nullptr;

}  // namespace

ReachPoint::ReachPoint(const char* name, ReachBy by, const char* file, int line)
    : name_(name), by_(by), file_(file), line_(line), next_(first_point) {
  first_point = this;
}

std::vector<const ReachPoint*> reach_points() {
  std::vector<const ReachPoint*> points;
  for (const ReachPoint* p = first_point; p; p = p->next_) points.push_back(p);
  std::ranges::sort(
      points, {}, [](const ReachPoint* p) { return std::tuple(p->name(), p->file(), p->line()); });
  return points;
}

void reset_reach() {
  for (ReachPoint* p = first_point; p; p = p->next_) {
    p->count_.store(0, std::memory_order_relaxed);
  }
}

}  // namespace heaplaw
