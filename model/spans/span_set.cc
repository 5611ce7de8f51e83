#include "model/spans/span_set.h"

#include "vocabulary/check.h"

namespace heaplaw::model {

BlockChange SpanSet::push(SpanId id) {
  spans_.push_back(id);
  const std::uint64_t block = pushed_++ / span_set_block_entries;
  if (block < blocks_) return BlockChange::none;
  ++blocks_;
  return BlockChange::taken;
}

SpanId SpanSet::pop(BlockChange& change) {
  HEAPLAW_ASSERT(!empty(), "popped an empty span set");
  const SpanId id = spans_[head_++];
  ++popped_;
  // A block goes back when all its entries were popped, even while the set is empty otherwise.
  change = popped_ % span_set_block_entries == 0 ? BlockChange::given_back : BlockChange::none;
  if (head_ == spans_.size()) {
    spans_.clear();
    head_ = 0;
  } else if (head_ >= 1024 && head_ * 2 > spans_.size()) {
    spans_.erase(spans_.begin(), spans_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  return id;
}

BlockChange SpanSet::reset() {
  HEAPLAW_CHECK(empty(), "reset of a span set that holds {} spans", size());
  const bool partly_used = popped_ / span_set_block_entries < blocks_;
  pushed_ = popped_ = blocks_ = 0;
  return partly_used ? BlockChange::given_back : BlockChange::none;
}

void SpanSet::check_invariants() const {
  HEAPLAW_CHECK(head_ <= spans_.size() && pushed_ - popped_ == size(),
                "span set of {} pushed and {} popped holds {}", pushed_, popped_, size());
  HEAPLAW_CHECK(blocks_ == (pushed_ + span_set_block_entries - 1) / span_set_block_entries,
                "{} blocks for {} pushes", blocks_, pushed_);
}

}  // namespace heaplaw::model
