#include "oracle/naive/off_heap.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle::naive {
namespace {

// MS-8: a piece that does not fit begins a new chunk, behind its link.
TEST(NaiveOffHeap, piecesAreCutFromChunks) {
  OffHeap off;
  off.take_piece(100, 8);
  EXPECT_EQ(off.used_of_chunk, 108U);
  off.take_gc_piece(64, 64);
  EXPECT_EQ(off.used_of_chunk, 192U);
  off.take_piece(65'528, 8);
  EXPECT_EQ(off.chunks, 1U);
  for (int i = 0; i < 3; ++i) off.take_piece(65'528, 8);
  EXPECT_EQ(off.chunks, 2U);
  EXPECT_EQ(off.used_of_chunk, 65'536U);
  off.take_gc_piece(65'536, 8);  // a mapping of its own
  EXPECT_EQ(off.used_of_chunk, 65'536U);
  EXPECT_EQ(off.pieces_bytes, 164U + 4 * 65'528);
  EXPECT_EQ(off.gc_pieces_bytes, 64U + 65'536);
}

// SIM-14: a list that is outgrown is left behind and stays counted.
TEST(NaiveOffHeap, listsAreReplacedWhenTheyAreFull) {
  OffHeap off;
  off.list_address_ranges(1);
  off.list_address_ranges(16);
  EXPECT_EQ(off.gc_pieces_bytes, 256U);
  off.list_address_ranges(17);
  EXPECT_EQ(off.gc_pieces_bytes, 256U + 512);
  off.list_address_ranges(3);
  off.list_arenas(1);
  EXPECT_EQ(off.gc_pieces_bytes, 256U + 512 + 4096);
  off.list_arenas(2049);
  EXPECT_EQ(off.gc_pieces_bytes, 256U + 512 + 4096 + 8192 + 16384 + 32768);
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
