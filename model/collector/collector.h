// Collections: requested, triggered and periodic. What lives is what the trace has not dropped
// (runtime/mgc.go; GC-1 to GC-8, SIM-4 to SIM-7).
#pragma once

#include "model/heap/heap_state.h"

namespace heaplaw::model {

class Collector {
 public:
  explicit Collector(HeapState& state) : s_(state) {}

  // All throw OutOfMemory: marking needs a work buffer.
  void requested();
  void collect_if_due();
  void advance(std::uint64_t nanoseconds);

  // After a setting has changed.
  void recompute_goals();

  // Every P's object and stack caches, in order of P number; and the page caches of idle Ps, which
  // would else hide pages for as long as nothing runs there (PA-23).
  enum class PageCaches : std::uint8_t { none, of_idle };
  void flush_all(PageCaches page_caches = PageCaches::none);

 private:
  enum class Reason : std::uint8_t { requested, heap_or_time };

  void cycle(Reason reason);
  [[nodiscard]] std::uint64_t mark();
  void background_sweep();
  void give_back_work_buffers();

  HeapState& s_;
};

}  // namespace heaplaw::model
