#include "model/accounting/persistent_pieces.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t chunk = 256 << 10;

TEST(PersistentPieces, AreMovedFromTheChunkToTheirField) {
  PersistentPieces pieces;
  std::uint64_t account = 0;
  pieces.take(100, 8, account);
  EXPECT_EQ(pieces.other_sys(), chunk - 100);
  EXPECT_EQ(account, 100u);
}

TEST(PersistentPieces, StartAnotherChunkWhereTheyDoNotFit) {
  PersistentPieces pieces;
  std::uint64_t account = 0;
  // 8 bytes of link, then pieces of 32 KiB: seven fit, the eighth does not.
  for (unsigned i = 0; i < 7; ++i) pieces.take(32 << 10, 8, account);
  EXPECT_EQ(pieces.other_sys(), chunk - account);
  pieces.take(32 << 10, 8, account);
  EXPECT_EQ(pieces.other_sys(), 2 * chunk - account);
}

TEST(PersistentPieces, MapLargeOnesAlone) {
  PersistentPieces pieces;
  std::uint64_t account = 0;
  pieces.take(64 << 10, 8, account);
  EXPECT_EQ(account, 64u << 10);
  EXPECT_EQ(pieces.other_sys(), 0u);
}

// MS-7: the numbers that real processes show.
TEST(FixedRecords, AreCutFromWholeMultiples) {
  PersistentPieces pieces;
  FixedRecords spans(144);
  for (unsigned i = 0; i < 113; ++i) EXPECT_TRUE(spans.take(pieces));
  EXPECT_EQ(spans.sys(), 16272u);
  spans.give_back();
  EXPECT_FALSE(spans.take(pieces)) << "used again, not cut";
  EXPECT_TRUE(spans.take(pieces));
  EXPECT_EQ(spans.sys(), 2 * 16272u);
  EXPECT_EQ(spans.in_use_bytes(), 114u * 144);
  FixedRecords caches(1200);
  caches.take(pieces);
  EXPECT_EQ(caches.sys(), 15600u);
}

TEST(FixedRecords, CannotGiveBackMoreThanTheyGave) {
  FixedRecords records(144);
  EXPECT_THROW(records.give_back(), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::model
