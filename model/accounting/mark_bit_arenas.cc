#include "model/accounting/mark_bit_arenas.h"

#include "model/spans/span_classes.h"

namespace heaplaw::model {

namespace {
constexpr std::uint64_t header_bytes = 16;
}

bool MarkBitArenas::take(unsigned slots) {
  const std::uint64_t bytes = std::uint64_t{bit_words(slots)} * 8;
  if (bytes <= room_) {
    room_ -= bytes;
    return false;
  }
  ++next_;
  room_ = arena_bytes - header_bytes - bytes;
  if (unused_ == 0) return true;
  --unused_;
  return false;
}

void MarkBitArenas::next_epoch() {
  unused_ += previous_;
  previous_ = current_;
  current_ = next_;
  next_ = 0;
  room_ = 0;
}

}  // namespace heaplaw::model
