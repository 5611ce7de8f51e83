// Spans in the order in which they came (runtime/mspanset.go; SP-14). Go keeps them in blocks of
// 512 off the heap, and those show in MemStats: the set says when it would take or give one.
#pragma once

#include <cstdint>
#include <vector>

#include "model/spans/span.h"

namespace heaplaw::model {

inline constexpr unsigned span_set_block_entries = 512;

// What a push or a pop would do to Go's blocks.
enum class BlockChange : std::uint8_t { none, taken, given_back };

class SpanSet {
 public:
  [[nodiscard]] bool empty() const { return head_ == spans_.size(); }
  // Nothing came since the last reset.
  [[nodiscard]] bool is_new() const { return pushed_ == 0; }
  [[nodiscard]] std::size_t size() const { return spans_.size() - head_; }

  BlockChange push(SpanId id);
  // The set must not be empty.
  SpanId pop(BlockChange& change);
  // Of an empty set: positions begin at zero again.
  BlockChange reset();

  // Blocks reached since the last reset, as long as Go's spine must be.
  [[nodiscard]] std::uint64_t blocks_reached() const { return blocks_; }
  [[nodiscard]] SpanId at(std::size_t i) const { return spans_[head_ + i]; }

  void check_invariants() const;

 private:
  std::vector<SpanId> spans_;
  std::size_t head_ = 0;  // what lies before it was popped
  // Positions as Go counts them, from the last reset.
  std::uint64_t pushed_ = 0;
  std::uint64_t popped_ = 0;
  std::uint64_t blocks_ = 0;
};

}  // namespace heaplaw::model
