// Everything that the naive runtime remembers, as plain data: a copy of it is a copy of the
// process.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <unordered_map>
#include <vector>

#include "oracle/handle_table.h"
#include "oracle/naive/address_space.h"
#include "oracle/naive/constants.h"
#include "oracle/naive/off_heap.h"
#include "oracle/naive/pages.h"
#include "oracle/naive/span.h"
#include "oracle/tables/documented.h"
#include "vocabulary/operation.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::oracle::naive {

// Thrown where a real process would die, and caught by whoever has kept a copy of the state.
struct OutOfMemory {};

// An object, or what it shares with other tiny objects.
struct Slot {
  SpanId span = no_span;
  unsigned index = 0;
};

// An object of 0 bytes has no span.
struct HeldObject {
  std::uint64_t handle = 0;
  Slot slot;
  bool held = false;

  [[nodiscard]] bool in_use() const { return held; }
};

struct TinyBlock {
  Slot slot;  // without a span there is no block
  std::uint64_t used = 0;

  [[nodiscard]] bool exists() const { return slot.span != no_span; }
};

struct Stack {
  SpanId span = no_span;
  unsigned index = 0;
};

struct Proc {
  Proc() { spans.fill(no_span); }

  PageCache pages;
  std::array<SpanId, span_classes> spans;
  TinyBlock tiny;
  std::array<std::vector<Stack>, stack_orders> stacks;  // by order; the next to hand out last
  std::uint64_t span_records = 0;                       // unused ones that it keeps (PA-25)
};

// What ever happened, counted when it happened.
struct Tally {
  std::array<std::uint64_t, size_classes> mallocs{};  // class 0: large objects
  std::array<std::uint64_t, size_classes> frees{};
  std::uint64_t bytes = 0;
  std::uint64_t bytes_freed = 0;
  std::uint64_t large_bytes = 0;  // of bytes, those of class 0
  std::uint64_t large_bytes_freed = 0;
  std::uint64_t tiny = 0;  // objects that shared an earlier one's block (MS-2)
  std::uint64_t collections = 0;
  std::uint64_t requested_collections = 0;
};

// Proportional sweep: so many pages per so many bytes (SW-4). No pages: nothing is owed.
struct SweepPace {
  std::uint64_t pages = 0;
  std::uint64_t bytes = 1;
  std::uint64_t live_basis = 0;
  std::uint64_t swept_basis = 0;
};

// Where reclaiming stands once it has seen all pages.
inline constexpr std::uint64_t nothing_to_reclaim = std::numeric_limits<std::uint64_t>::max();

struct CentralSets {
  // [full][parity of the cycle in which the set's spans were swept]
  std::array<std::array<SpanSet, 2>, 2> sets;
};

// By span class. A heap uses few of them, so sets are there once they were asked for.
class Central {
 public:
  Central() { sets_.reserve(16); }

  [[nodiscard]] CentralSets& of(unsigned span_class) {
    if (!has(span_class)) {
      sets_.emplace_back();
      number_[span_class] = static_cast<std::uint8_t>(sets_.size());
    }
    return sets_[number_[span_class] - 1U];
  }
  [[nodiscard]] bool has(unsigned span_class) const { return number_[span_class] != 0; }
  [[nodiscard]] const CentralSets& at(unsigned span_class) const {
    return sets_[number_[span_class] - 1U];
  }

 private:
  std::array<std::uint8_t, span_classes> number_{};  // from 1 on; 0: none
  std::vector<CentralSets> sets_;
};

struct State {
  ReleaseFacts facts;
  const DocumentedTable* table = nullptr;
  std::span<const SizeClass> classes;
  std::array<unsigned, span_classes> slots{};  // that a span of the class holds (SP-1)

  AddressSpace space;
  PageRange opaque;  // taken before the history began (SIM-2)
  NaivePages pages{256};
  std::vector<Span> spans;
  std::vector<SpanId> unused_spans;
  std::array<std::uint64_t, span_kinds> span_pages{};  // by kind, those in use

  std::vector<Proc> procs;
  unsigned current = 0;
  Central central;
  std::array<std::vector<SpanId>, stack_orders> stack_pools;  // the head of the list last

  // What the program holds.
  HandleTable<HeldObject> objects;
  std::vector<Slot> kept;  // sync objects, alive for ever
  std::unordered_map<std::uint64_t, Stack> stacks;

  // Collection.
  std::uint64_t gc_percent = 100;
  std::uint64_t memory_limit = value_off;
  std::uint64_t heap_live = 0;    // SP-19
  std::uint64_t uncounted = 0;    // bytes handed out since their spans were cached (SIM-13)
  std::uint64_t heap_marked = 0;  // GC-2
  std::uint64_t sweep_goal = 0;   // D of GC-13
  std::uint64_t cycle = 0;        // the sweep generation, halved
  std::uint64_t pages_swept = 0;  // in this cycle
  bool sweep_done = true;
  unsigned sweep_class = 0;  // sweeping has reached this span class (SW-3)
  SweepPace sweep_pace;
  std::uint64_t reclaim_from = 0;  // a page's place in the order of arenas (SW-5)
  std::uint64_t reclaim_credit = 0;
  std::vector<SpanId> work_buffers;
  std::uint64_t now = 0;  // the virtual clock, in nanoseconds
  std::uint64_t last_collection = 0;

  // Scavenging.
  std::uint64_t last_heap_inuse = 0;
  std::uint64_t last_goal = 0;  // 0: no collection has happened
  std::uint64_t retained_goal = value_off;

  Tally tally;
  OffHeap off_heap;
  bool growth_fails = false;  // the next time (SIM-11)

  [[nodiscard]] Proc& proc() { return procs[current]; }
  [[nodiscard]] const HeapFacts& heap_facts() const { return facts.heap.value(); }
};

}  // namespace heaplaw::oracle::naive
