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

// As it is now: good until the heap changes.
struct PageChunk {
  const PageBits& allocated;
  const PageBits& scavenged;  // never of a page in use

  // What to release next: the top of the highest run of free pages not scavenged that begins in
  // the word of search_page or below it, at most `max` pages, in aligned groups of `min` (a power
  // of two). It grows downward, beyond `max`, where it would else break a free huge page of
  // huge_pages pages (0: there are none).
  [[nodiscard]] ChunkRun find_scavenge_candidate(unsigned search_page, unsigned min,
                                                 std::uint64_t max, unsigned huge_pages) const;
};

}  // namespace heaplaw::model
