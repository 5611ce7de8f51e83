// What the heap above the page level is made of, where it differs between releases: the sizes of
// the runtime's own records, the numbers in its rules, and which rule of several it follows. Part
// of ReleaseFacts.
#pragma once

#include <cstdint>

#include "vocabulary/units.h"

namespace heaplaw {

// Where the heap begins (AS-5, AS-15; runtime/malloc.go mallocinit, mheap.go grow).
enum class HeapBase : std::uint8_t {
  first_hint,  // the same address in every process
  random,      // an arena drawn at start-up, a chunk in it, and pages at its front never used
};

// What the scavenger knows of each chunk (SC-18, SC-19; runtime/mgcscavenge.go scavengeIndex).
enum class ScavengeIndexForm : std::uint8_t {
  marks,      // a bit: may have something to release. One cursor. Refilled caches do not count
  occupancy,  // pages in use now and before the generation, so that dense chunks are left alone;
              // one cursor for the background and for growth, one for forced releases
};

// From where a running cycle's goal keeps 64 KiB (GC-13; runtime/mgcpacer.go startCycle).
enum class RunwayBasis : std::uint8_t { trigger, heap_live };

// When a new span's mark and allocation bits are taken: before or after memory is released to make
// room for it (PA-26; runtime/mheap.go allocSpan).
enum class SpanInit : std::uint8_t { before_release, after_release };

struct HeapFacts {
  // Sizes of structures that live off the heap and are counted (MS-6, MS-7, MS-9).
  Bytes span_record;
  Bytes cache_record;
  Bytes arena_record;
  // A block of a span set; where it is a tagged pointer, its alignment is that of the tags
  // (runtime/mspanset.go, tagptr.go).
  Bytes span_set_block{4120};
  Bytes span_set_block_alignment{64};

  unsigned sweep_budget = 101;            // pops before a fresh span is preferred (SP-15)
  unsigned work_buffer_spans = 1;         // what one collection takes (SIM-4)
  Bytes limit_headroom{1 << 20};          // below the memory limit's goal, at least (GC-14)
  unsigned limit_headroom_percent = 0;    // of that goal's hundredth part, where it is more
  unsigned dense_chunk_pages = 496;       // in use: not for the background scavenger (SC-19)
  bool idle_page_caches_flushed = false;  // at mark termination, those of idle Ps (PA-23)

  HeapBase base = HeapBase::first_hint;
  ScavengeIndexForm scavenge_index = ScavengeIndexForm::marks;
  RunwayBasis runway_basis = RunwayBasis::trigger;
  SpanInit span_init = SpanInit::before_release;

  bool operator==(const HeapFacts&) const = default;
};

}  // namespace heaplaw
