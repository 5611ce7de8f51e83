// What is known of a process at one moment, whatever printed it: each figure exact, bounded by what
// its format rounds away, or missing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/explanation/bounds.h"
#include "vocabulary/gc_trace.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

// Bytes, but for the counts.
struct Figures {
  using Figure = std::optional<Bounds>;

  Figure sys;
  Figure heap_alloc;
  Figure heap_sys;
  Figure heap_idle;
  Figure heap_inuse;
  Figure heap_released;
  Figure stack_inuse;
  Figure stack_sys;
  Figure mspan_inuse;
  Figure mspan_sys;
  Figure mcache_inuse;
  Figure mcache_sys;
  Figure buck_hash_sys;
  Figure gc_sys;
  Figure other_sys;
  Figure next_gc;
  Figure heap_objects;
  Figure num_gc;
  Figure marked;                     // by the last collection, where a trace says it
  Figure sampled_live;               // what a heap profile of the same moment estimates
  std::vector<BySizeEntry> by_size;  // empty where not printed
  ReleaseSpan releases;
  bool stopped_world = true;  // see Snapshot

  bool operator==(const Figures&) const = default;
};

struct NamedFigure {
  std::string_view name;  // Go's
  Figures::Figure Figures::*figure;
  std::uint64_t MemStats::*member;
};
// Those that are fields of MemStats.
[[nodiscard]] std::span<const NamedFigure> named_figures();

[[nodiscard]] Figures figures_of(const Snapshot& snapshot, const ReleaseSpan& releases);

// Traces tell a few figures each, in MiB or KiB; a later line replaces what an earlier one said.
void take(Figures& figures, const GcLine& line, const ReleaseSpan& releases);
void take(Figures& figures, const OldGcLine& line, const ReleaseSpan& releases);
void take(Figures& figures, const ScvgLine& line, const ReleaseSpan& releases);
void take(Figures& figures, const ScavLine& line, const ReleaseSpan& releases);

// A figure that the others contradict: it is taken out, so that what stays adds up.
struct Contradiction {
  std::string_view figure;
  std::string why;  // "HeapAlloc 20 is more than HeapInuse 10"

  bool operator==(const Contradiction&) const = default;
};
// Fills in what follows from other figures (HeapSys from its parts, and back), and takes out what
// cannot be.
[[nodiscard]] std::vector<Contradiction> settle(Figures& figures);

}  // namespace heaplaw::evidence
