// What happens to the pages of one chunk.
#include "model/pages/page_tree.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

unsigned PageTree::allocate(std::uint64_t chunk, unsigned page, unsigned n) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  HEAPLAW_ASSERT(r.bitmaps.count(c.allocated, page, n) == 0,
                 "pages {}+{} of chunk {:#x} are in use already", page, n, chunk_base(chunk));
  r.bitmaps.set_range(c.allocated, page, n);
  const unsigned were_scavenged = r.bitmaps.count(c.scavenged, page, n);
  if (were_scavenged != 0) r.bitmaps.clear_range(c.scavenged, page, n);
  return were_scavenged;
}

void PageTree::free(std::uint64_t chunk, unsigned page, unsigned n) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  HEAPLAW_ASSERT(r.bitmaps.count(c.allocated, page, n) == n,
                 "pages {}+{} of chunk {:#x} are not all in use", page, n, chunk_base(chunk));
  r.bitmaps.clear_range(c.allocated, page, n);
}

void PageTree::release(std::uint64_t chunk, ChunkRun pages) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  HEAPLAW_ASSERT(r.bitmaps.count(c.allocated, pages.page, pages.n) == 0 &&
                     r.bitmaps.count(c.scavenged, pages.page, pages.n) == 0,
                 "pages {}+{} of chunk {:#x} cannot be released", pages.page, pages.n,
                 chunk_base(chunk));
  r.bitmaps.set_range(c.scavenged, pages.page, pages.n);
}

void PageTree::take_of_word(std::uint64_t chunk, unsigned word, std::uint64_t pages) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  r.bitmaps.changing(c.allocated).set_in_word(word, pages);
  if ((r.bitmaps[c.scavenged].word(word) & pages) != 0) {
    r.bitmaps.changing(c.scavenged).clear_in_word(word, pages);
  }
}

void PageTree::return_to_word(std::uint64_t chunk, unsigned word, std::uint64_t pages,
                              std::uint64_t scavenged) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  r.bitmaps.changing(c.allocated).clear_in_word(word, pages);
  if (scavenged != 0) r.bitmaps.changing(c.scavenged).set_in_word(word, scavenged);
}

}  // namespace heaplaw::model
