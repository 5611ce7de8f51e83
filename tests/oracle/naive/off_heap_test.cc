#include "oracle/naive/off_heap.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

// MS-8: a piece that does not fit begins a new chunk, behind its link.
TEST(NaiveOffHeap, piecesAreCutFromChunksOfTheirP) {
  OffHeap off;
  off.chunks.resize(2);
  off.take_persistent(0, 100, 8);
  EXPECT_EQ(off.chunks[0].used, 108U);
  off.take_persistent(0, 64, 64);
  EXPECT_EQ(off.chunks[0].used, 192U);
  off.take_persistent(1, 1, 8);
  EXPECT_EQ(off.chunks_ever, 2U);
  off.take_persistent(0, persistent_chunk_bytes - 8, 8);
  EXPECT_EQ(off.chunks_ever, 3U);
  EXPECT_EQ(off.pieces_bytes, 100 + 64 + 1 + persistent_chunk_bytes - 8);
}

// SIM-14: the bits of one cycle are used again two cycles later.
TEST(NaiveOffHeap, markArenasComeBackAfterTwoCollections) {
  MarkArenas marks;
  marks.take_bits(1024);
  EXPECT_EQ(marks.ever, 1U);
  for (int i = 1; i < 511; ++i) marks.take_bits(1024);  // 511 * 128 bytes fit
  EXPECT_EQ(marks.ever, 1U);
  marks.take_bits(1024);
  EXPECT_EQ(marks.ever, 2U);
  marks.turn();
  marks.take_bits(1);
  EXPECT_EQ(marks.ever, 3U);
  marks.turn();
  marks.turn();
  for (int i = 0; i < 1000; ++i) marks.take_bits(1024);
  EXPECT_EQ(marks.ever, 3U);
}

}  // namespace
}  // namespace heaplaw::oracle::naive
