// Everything that a simulated process has, as data. It can be copied, which is how an operation
// that runs out of memory leaves no trace; what is done to it is elsewhere, each deed in a class of
// its own that borrows the state.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/accounting/ledger.h"
#include "model/accounting/object_counts.h"
#include "model/accounting/off_heap_books.h"
#include "model/collector/pacer.h"
#include "model/collector/sweep_state.h"
#include "model/handles/handle_table.h"
#include "model/heap/proc.h"
#include "model/pages/address_space.h"
#include "model/pages/page_allocator.h"
#include "model/spans/central_list.h"
#include "model/spans/span_table.h"
#include "vocabulary/heap_facts.h"

namespace heaplaw::model {

struct CollectionCounts {
  std::uint64_t cycles = 0;
  std::uint64_t forced = 0;
  std::uint64_t last_end = 0;  // on the virtual clock
};

struct HeapState {
  // The classes and the kernel must outlive it. Throws std::invalid_argument where no heap model
  // of the release exists.
  HeapState(const SpanClasses& span_classes, unsigned proc_count, Kernel& kernel);

  const SpanClasses* classes;
  HeapFacts facts;

  AddressSpace space;
  PageAllocator pages;
  Ledger ledger;
  bool growth_fails_next = false;  // ordered by an os-fault map (SIM-11)

  SpanTable spans;
  std::array<CentralList, span_class_count> central;
  std::vector<Proc> procs;
  unsigned current_proc = 0;

  HandleTable objects;                             // ObjectRefs
  std::vector<std::uint64_t> kept;                 // objects without a handle that live for ever
  HandleTable stacks;                              // of goroutines, likewise
  std::array<SpanId, stack_orders> stack_pools{};  // spans with free stacks, first used first

  SweepState sweep;
  Pacer pacer;
  std::vector<SpanId> work_buffers;  // until the sweep of their collection is over
  CollectionCounts collections;
  std::uint64_t clock = 0;  // nanoseconds

  ObjectCounts counts;
  OffHeapBooks off_heap;
  unsigned guessed_records = 0;  // span records that a recorded start had before these books began

  [[nodiscard]] Proc& proc() { return procs[current_proc]; }

  void push(CountedSpanSet& set, SpanId id) {
    const BlockChange change = set.spans.push(id);
    if (change != BlockChange::none) count_blocks(set, change);
  }
  SpanId pop(CountedSpanSet& set) {
    BlockChange change = BlockChange::none;
    const SpanId id = set.spans.pop(change);
    if (change != BlockChange::none) count_blocks(set, change);
    return id;
  }
  void reset(CountedSpanSet& set) {
    if (set.spans.is_new()) return;
    const BlockChange change = set.spans.reset();
    if (change != BlockChange::none) count_blocks(set, change);
  }

  // Sys - HeapReleased, without what a recorded start took.
  [[nodiscard]] std::uint64_t mapped_ready() const {
    return off_heap.total() + ledger.in_use + ledger.free + ledger.stacks + ledger.work_buffers;
  }
  [[nodiscard]] MemoryNow memory_now() const {
    return {.mapped_ready = mapped_ready(),
            .heap_free = ledger.free,
            .heap_alloc = counts.bytes_live(),
            .retained = ledger.retained()};
  }

 private:
  void count_blocks(CountedSpanSet& set, BlockChange change) {
    off_heap.span_set_changed(change, set.spans.blocks_reached(), set.spine);
  }
};

}  // namespace heaplaw::model
