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
  Region& r = touch(chunk);  // not for its summary: bits that are all ones now are given back then
  ChunkRefs& c = r.chunks[chunk];
  HEAPLAW_ASSERT(r.bitmaps.count(c.allocated, pages.page, pages.n) == 0 &&
                     r.bitmaps.count(c.scavenged, pages.page, pages.n) == 0,
                 "pages {}+{} of chunk {:#x} cannot be released", pages.page, pages.n,
                 chunk_base(chunk));
  r.bitmaps.set_range(c.scavenged, pages.page, pages.n);
}

PageTree::WordOfPages PageTree::take_word(std::uint64_t chunk, unsigned word) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  PageBits& allocated = r.bitmaps.changing(c.allocated);
  WordOfPages taken{.free = ~allocated.word(word)};
  allocated.set_in_word(word, taken.free);
  // Only of what is taken: the other pages' state is somebody else's.
  taken.scavenged = r.bitmaps[c.scavenged].word(word) & taken.free;
  if (taken.scavenged != 0) {
    r.bitmaps.changing(c.scavenged).clear_in_word(word, taken.scavenged);
  }
  return taken;
}

void PageTree::return_word(std::uint64_t chunk, unsigned word, WordOfPages pages) {
  Region& r = touch(chunk);
  ChunkRefs& c = r.chunks[chunk];
  PageBits& allocated = r.bitmaps.changing(c.allocated);
  HEAPLAW_ASSERT((pages.free & ~allocated.word(word)) == 0,
                 "pages {:#x} of word {} of chunk {:#x} are free already",
                 pages.free & ~allocated.word(word), word, chunk_base(chunk));
  allocated.clear_in_word(word, pages.free);
  if (pages.scavenged != 0) {
    r.bitmaps.changing(c.scavenged).set_in_word(word, pages.scavenged);
  }
}

}  // namespace heaplaw::model
