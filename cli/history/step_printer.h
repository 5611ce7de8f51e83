// `heaplaw replay --step`: after each operation its answer, what it changed in the statistics, and
// the page map as a picture.
#pragma once

#include "cli/history/lockstep.h"
#include "cli/terminal.h"
#include "vocabulary/mem_stats.h"
#include "vocabulary/page_map.h"

namespace heaplaw::cli {

// One object a step in JSON, with commas between; the caller writes the brackets. Holds the last
// state only, however long the history.
class StepPrinter {
 public:
  explicit StepPrinter(const Terminal& terminal) : terminal_(terminal) {}

  void show(const Step& step);

 private:
  void show_text(const Step& step, const MemStats& stats, const PageMap& map) const;
  void show_json(const Step& step, const MemStats& stats, const PageMap& map) const;

  const Terminal& terminal_;
  MemStats stats_;
  PageMap map_;
};

}  // namespace heaplaw::cli
