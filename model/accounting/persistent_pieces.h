// The runtime's own small allocations, which are never freed (runtime/malloc.go persistentalloc;
// MS-8, SIM-14): pieces of 256 KiB chunks, one after another.
#pragma once

#include <cstdint>

namespace heaplaw::model {

class PersistentPieces {
 public:
  // Moves `bytes` from OtherSys to `account`, or maps them there where they are large.
  void take(std::uint64_t bytes, std::uint64_t alignment, std::uint64_t& account);
  // Mapped memory that is not a piece of anything, as OtherSys counts it.
  void map_other(std::uint64_t bytes) { other_sys_ += bytes; }
  void unmap_other(std::uint64_t bytes) { other_sys_ -= bytes; }

  [[nodiscard]] std::uint64_t other_sys() const { return other_sys_; }

 private:
  std::uint64_t other_sys_ = 0;
  std::uint64_t offset_ = 0;  // in the current chunk
  bool has_chunk_ = false;
};

// Records of one size from chunks of 16 KiB (runtime/mfixalloc.go; MS-7). Which record one gets
// does not matter here, so that only numbers are kept.
class FixedRecords {
 public:
  explicit FixedRecords(std::uint64_t record_bytes);

  // True for one that was never handed out before.
  bool take(PersistentPieces& pieces);
  void give_back();

  [[nodiscard]] std::uint64_t in_use() const { return in_use_; }
  [[nodiscard]] std::uint64_t in_use_bytes() const { return in_use_ * record_bytes_; }
  [[nodiscard]] std::uint64_t sys() const { return sys_; }

 private:
  std::uint64_t record_bytes_;
  std::uint64_t records_per_chunk_;
  std::uint64_t in_use_ = 0;
  std::uint64_t unused_ = 0;  // given back
  std::uint64_t uncut_ = 0;   // left of the last chunk
  std::uint64_t sys_ = 0;
};

}  // namespace heaplaw::model
