// Where Go keeps mark and allocation bits: arenas of 64 KiB in three generations, of which the
// oldest is used again when a sweep is finished (runtime/mheap.go newMarkBits,
// nextMarkBitArenaEpoch). The bits themselves are in ObjectBits; this counts the arenas.
#pragma once

#include <cstdint>

namespace heaplaw::model {

class MarkBitArenas {
 public:
  // Bits for so many slots, in whole words. True where that needed an arena never mapped before.
  bool take(unsigned slots);
  // All spans are swept, and nobody uses the oldest bits any more.
  void next_epoch();

  [[nodiscard]] std::uint64_t mapped() const { return unused_ + next_ + current_ + previous_; }
  static constexpr std::uint64_t arena_bytes = 64 << 10;

 private:
  std::uint64_t unused_ = 0;
  std::uint64_t next_ = 0;
  std::uint64_t current_ = 0;
  std::uint64_t previous_ = 0;
  std::uint64_t room_ = 0;  // in the newest of next_
};

}  // namespace heaplaw::model
