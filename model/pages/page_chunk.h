// The state of 512 pages: in use or free, and if free, whether the operating system has them back
// (runtime/mpallocbits.go, mgcscavenge.go; PA-19, SC-11).
#pragma once

#include "model/pages/page_bits.h"

namespace heaplaw::model {

// Pages of one chunk; n = 0 stands for none.
struct ChunkRun {
  unsigned page = 0;
  unsigned n = 0;

  bool operator==(const ChunkRun&) const = default;
};

// On two lines of a cache, since most of a large heap is in none.
struct alignas(64) PageChunk {
  PageBits allocated;
  PageBits scavenged;  // never of a page in use

  // Takes free pages into use; says how many of them were scavenged.
  unsigned allocate(unsigned page, unsigned n);
  void free(unsigned page, unsigned n) { allocated.clear_range(page, n); }

  // What to release next: the top of the highest run of free pages not scavenged that begins in
  // the word of search_page or below it, at most `max` pages, in aligned groups of `min` (a power
  // of two). It grows downward, beyond `max`, where it would else break a free huge page of
  // huge_pages pages (0: there are none).
  [[nodiscard]] ChunkRun find_scavenge_candidate(unsigned search_page, unsigned min,
                                                 std::uint64_t max, unsigned huge_pages) const;

  bool operator==(const PageChunk&) const = default;
};

}  // namespace heaplaw::model
