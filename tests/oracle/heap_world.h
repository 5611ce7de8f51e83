// A small healthy heap at one moment, for tests to break: three objects, a stack, a
// page cache with two backed pages, and 4 MiB mapped.
#pragma once

#include <vector>

#include "oracle/laws/heap_laws.h"

namespace heaplaw::oracle {

constexpr Address world_base{0xc000000000};
[[nodiscard]] inline Address world_page(std::uint64_t n) { return world_base + heap_page * n; }

struct World {
  HeapSetting setting;
  HeapLedger ledger;
  MemStats before, now;
  PageMap map_before, map;
  WhiteBox white_box;
  // One run a line, so that plants can name pages; the map is made of them last.
  std::vector<PageRun> runs_before, runs;

  // What it is right after the operation, which took its course. The 40,000 bytes of handle 2 are
  // what `alloc` allocates.
  [[nodiscard]] static World after(const Operation& operation, const Release& release);
  [[nodiscard]] static World after(const Operation& operation) {
    return after(operation, Release(19, 8));
  }

  [[nodiscard]] PageRun& run_at(std::uint64_t page);
  void use(std::uint64_t page, std::uint64_t pages, PageState state);  // splits what is there
  void draw();                                                         // maps from runs

  // Judges the moment by its release's laws.
  [[nodiscard]] HeapFindings findings() const;
};

}  // namespace heaplaw::oracle
