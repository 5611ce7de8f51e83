// A run of pages in use, and the first-in-first-out sets that spans of a class wait in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "oracle/naive/constants.h"
#include "oracle/naive/slot_bits.h"

namespace heaplaw::oracle::naive {

using SpanId = std::uint32_t;  // an index into State::spans; used again once the span is gone
inline constexpr SpanId no_span = std::numeric_limits<SpanId>::max();

enum class SpanKind : std::uint8_t { none, objects, stack, work_buffer };
inline constexpr std::size_t span_kinds = 4;

struct Span {
  SpanKind kind = SpanKind::none;
  Page start = 0;
  std::uint64_t pages = 0;

  // Of object spans. One large object is class 0, with one slot.
  unsigned span_class = 0;
  std::uint64_t slot_bytes = 0;
  unsigned slots = 0;
  unsigned free_index = 0;  // no free slot is looked for below it (SP-4)
  bool cached = false;      // some P allocates from it
  std::uint64_t slots_before_caching = 0;
  std::uint64_t swept_in = 0;  // the cycle in which it was last swept, or allocated
  SlotBits allocated{};        // handed out and not swept away since
  SlotBits marked{};           // what the last collection found alive

  // Of stack spans: slots to hand out, the next one last.
  std::uint64_t stack_bytes = 0;
  std::vector<unsigned> free_stacks{};

  [[nodiscard]] std::uint64_t bytes() const { return pages * page_bytes; }
  [[nodiscard]] std::uint64_t address() const { return start * page_bytes; }
  [[nodiscard]] unsigned size_class() const { return span_class / 2; }
  [[nodiscard]] bool noscan() const { return span_class % 2 == 1; }
  // The slot that the next object gets; `slots` if the span is full.
  [[nodiscard]] unsigned next_free() const {
    return std::min(allocated.first_clear(free_index), slots);
  }
};

// Pushed at the tail, popped at the head (SP-14). May name spans that were swept, freed, even used
// for something else since: whoever pops looks at the span.
class SpanSet {
 public:
  static constexpr std::uint64_t block_spans = 512;

  void push(SpanId span) {
    spans_.push_back(span);
    ++pushes_;
  }
  [[nodiscard]] std::optional<SpanId> pop() {
    if (head_ == spans_.size()) return std::nullopt;
    const SpanId span = spans_[head_++];
    ++pops_;
    if (head_ == spans_.size()) {
      spans_.clear();
      head_ = 0;
    }
    return span;
  }
  void reset() {
    spans_.clear();
    head_ = 0;
    pushes_ = pops_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return spans_.size() - head_; }
  [[nodiscard]] bool is_new() const { return pushes_ == 0; }  // nothing came since the last reset
  [[nodiscard]] SpanId at(std::size_t index) const { return spans_[head_ + index]; }
  // Blocks of 512 entries that it holds: one goes when its last entry was popped (MS-9).
  [[nodiscard]] std::uint64_t blocks() const {
    return (pushes_ + block_spans - 1) / block_spans - pops_ / block_spans;
  }
  // Whether the next push begins a block for which the table of blocks has no room.
  [[nodiscard]] bool needs_table() const { return pushes_ / block_spans >= table_room_; }
  // Says how many entries the new table has. Tables stay.
  std::uint64_t enlarge_table() {
    return table_room_ = std::max<std::uint64_t>(256, 2 * table_room_);
  }

 private:
  std::vector<SpanId> spans_;
  std::size_t head_ = 0;
  std::uint64_t pushes_ = 0;  // since the last reset
  std::uint64_t pops_ = 0;
  std::uint64_t table_room_ = 0;
};

}  // namespace heaplaw::oracle::naive
