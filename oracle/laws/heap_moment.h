// All that a law on heaps may look at: what was read of a subject after an operation, and what was
// read before it. Whoever has less leaves members null; a law is not evaluated without its needs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "oracle/laws/heap_figures.h"
#include "oracle/laws/heap_ledger.h"
#include "oracle/laws/law.h"
#include "vocabulary/mem_stats.h"
#include "vocabulary/page_map.h"
#include "vocabulary/white_box.h"

namespace heaplaw::oracle {

struct HeapSetting {
  Release release = newest_release;
  unsigned procs = 1;
  HeapFigures figures = heap_figures_of(newest_release);
  // Whether nothing but the ledger's operations ever touched the heap: not so for what a real
  // process printed, nor for a heap that begins with a recording's calibration.
  bool starts_empty = true;

  [[nodiscard]] static HeapSetting of(const Release& release, unsigned procs) {
    return {.release = release, .procs = procs, .figures = heap_figures_of(release)};
  }
};

struct HeapMoment {
  const HeapSetting* setting = nullptr;  // never null
  const HeapLedger* ledger = nullptr;    // null for a dump without a history
  const MemStats* now = nullptr;
  const MemStats* before = nullptr;  // an earlier snapshot of the same process
  bool one_step = false;             // just one operation lies between the two: the ledger's last
  const PageMap* map = nullptr;
  const PageMap* map_before = nullptr;               // with one_step only
  const std::vector<LiveObject>* objects = nullptr;  // by address; with a map only
  WhiteBox white_box;
};

// What a law judges: a field's name, and a page or an object's address where it is about one.
struct HeapSpot {
  std::string_view field;
  Address address{};
};

using HeapLaw = Law<HeapMoment, HeapSpot>;
using HeapFindings = Findings<HeapSpot>;

}  // namespace heaplaw::oracle
