#include "model/accounting/persistent_pieces.h"

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t chunk_bytes = 256 << 10;
constexpr std::uint64_t mapped_alone_from = 64 << 10;
constexpr std::uint64_t link_bytes = 8;  // each chunk begins with a link to the last one
constexpr std::uint64_t fixed_chunk_bytes = 16384;

std::uint64_t aligned(std::uint64_t n, std::uint64_t alignment) {
  return (n + alignment - 1) & ~(alignment - 1);
}

}  // namespace

void PersistentPieces::take(std::uint64_t bytes, std::uint64_t alignment, std::uint64_t& account) {
  account += bytes;
  if (bytes >= mapped_alone_from) return;
  offset_ = aligned(offset_, alignment);
  if (!has_chunk_ || offset_ + bytes > chunk_bytes) {
    has_chunk_ = true;
    other_sys_ += chunk_bytes;
    offset_ = aligned(link_bytes, alignment);
  }
  offset_ += bytes;
  other_sys_ -= bytes;
}

FixedRecords::FixedRecords(std::uint64_t record_bytes)
    : record_bytes_(record_bytes), records_per_chunk_(fixed_chunk_bytes / record_bytes) {}

bool FixedRecords::take(PersistentPieces& pieces) {
  ++in_use_;
  if (unused_ > 0) {
    --unused_;
    return false;
  }
  if (uncut_ == 0) {
    pieces.take(records_per_chunk_ * record_bytes_, 8, sys_);
    uncut_ = records_per_chunk_;
  }
  --uncut_;
  return true;
}

void FixedRecords::give_back() {
  HEAPLAW_CHECK(in_use_ > 0, "a record given back that nobody took");
  --in_use_;
  ++unused_;
}

}  // namespace heaplaw::model
