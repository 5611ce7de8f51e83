#include "cli/check/reach_stage.h"

#include "vocabulary/reach.h"

namespace heaplaw::cli {

StageResult check_reach() {
  StageResult stage{.name = "marked states reached"};
  for (const ReachPoint* point : reach_points()) {
    if (point->by() != ReachBy::history) continue;
    stage.count(std::string(point->name()), point->times());
    if (point->times() > 0) continue;
    stage.fail(
        fmt::format("never reached: {} ({}:{})", point->name(), point->file(), point->line()));
  }
  return stage;
}

}  // namespace heaplaw::cli
