#include "model/spans/span_table.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "model/pages/page_geometry.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

// Slots of a word that exist: all but in the last word.
std::uint64_t existing_slots(unsigned slots, unsigned word) {
  const unsigned in_word = slots - word * 64;
  return in_word >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << in_word) - 1;
}

}  // namespace

// The record that stands for none has a word of marks, the first.
SpanTable::SpanTable() : spans_(1) { spans_[no_span].mark_bits = bits_.allocate(1); }

SpanId SpanTable::make(SpanUse use, std::uint64_t base, std::uint64_t pages) {
  SpanId id = unused_;
  if (id == no_span) {
    id = static_cast<SpanId>(spans_.size());
    // By a quarter, since doubling would take 192 bytes a span at worst.
    if (spans_.size() == spans_.capacity()) spans_.reserve(8 + spans_.size() * 5 / 4);
    spans_.emplace_back();
  } else {
    unused_ = spans_[id].list_next;
  }
  // Everything but the generation starts anew: a set that still names the record must see that it
  // is not to be swept.
  const std::uint32_t generation = spans_[id].sweep_generation;
  spans_[id] = Span{.base = base, .use = use, .sweep_generation = generation, .pages = pages};
  link_into_chunk(id);
  ++live_;
  return id;
}

SpanId SpanTable::make_object_span(SpanClass span_class, const SpanShape& shape, std::uint64_t base,
                                   std::uint64_t pages) {
  const SpanId id = make(SpanUse::object, base, pages);
  Span& span = spans_[id];
  span.span_class = span_class;
  span.element_size = shape.element_size != 0 ? shape.element_size : pages << page_shift;
  span.slots = shape.slots;
  const unsigned words = words_of(span);
  span.alloc_bits = bits_.allocate(2 * words);
  span.mark_bits = span.alloc_bits + words;
  load_word(id, 0);
  return id;
}

void SpanTable::destroy(SpanId id) {
  Span& span = spans_[id];
  unlink_from_chunk(id);
  if (span.use == SpanUse::object) {
    bits_.free(std::min(span.alloc_bits, span.mark_bits), 2 * words_of(span));
  }
  span.use = SpanUse::dead;
  span.alloc_cache = 0;
  span.list_next = unused_;
  unused_ = id;
  --live_;
}

// Of a span whose current word, if any, has nothing left.
void SpanTable::load_word(SpanId id, unsigned word) {
  Span& span = spans_[id];
  span.alloc_cache = ~bits_.word(span.alloc_bits, word) & existing_slots(span.slots, word);
  span.word_address = span.address_of(word * 64);
  span.word_ref = ObjectRef::of(id, word * 64);
  span.taken = static_cast<std::uint16_t>(span.taken + std::popcount(span.alloc_cache));
}

std::optional<unsigned> SpanTable::next_free(SpanId id) {
  Span& span = spans_[id];
  while (span.alloc_cache == 0) {
    const unsigned next = span.word_base() / 64 + 1;
    if (next >= words_of(span)) return std::nullopt;
    load_word(id, next);
  }
  return span.take_cached_slot();
}

unsigned SpanTable::turn_marks_into_allocations(SpanId id) {
  Span& span = spans_[id];
  HEAPLAW_ASSERT(span.marked <= span.alloc_count(), "span at {:#x}: {} marked of {}", span.base,
                 span.marked, span.alloc_count());
  const unsigned freed = span.alloc_count() - span.marked;
  span.taken = std::exchange(span.marked, std::uint16_t{0});
  std::swap(span.alloc_bits, span.mark_bits);
  bits_.clear(span.mark_bits, words_of(span));
  load_word(id, 0);
  return freed;
}

SpanTable::Marked SpanTable::count_marks() {
  Marked marked;
  for (Span& span : std::span(spans_).subspan(no_span + 1)) {
    if (span.use != SpanUse::object) continue;
    span.marked = static_cast<std::uint16_t>(bits_.count(span.mark_bits, words_of(span)));
    marked.bytes += Bytes{span.marked * span.element_size};
    if (span.marked == 0) ++marked.dead_spans;
  }
  return marked;
}

void SpanTable::link_into_chunk(SpanId id) {
  Span& span = spans_[id];
  SpanId& head = head_of(chunk_of(span.base));
  span.chunk_next = head;
  if (head != no_span) spans_[head].chunk_previous = id;
  head = id;
}

void SpanTable::unlink_from_chunk(SpanId id) {
  Span& span = spans_[id];
  if (span.chunk_next != no_span) spans_[span.chunk_next].chunk_previous = span.chunk_previous;
  if (span.chunk_previous != no_span) {
    spans_[span.chunk_previous].chunk_next = span.chunk_next;
  } else {
    head_of(chunk_of(span.base)) = span.chunk_next;
  }
}

void SpanTable::sort_by_address(std::vector<SpanId>& list) const {
  std::ranges::sort(list, {}, [this](SpanId id) { return spans_[id].base; });
}

std::vector<SpanId> SpanTable::all_by_address() const {
  std::vector<SpanId> all;
  all.reserve(live_);
  for (SpanId id = no_span + 1; id < spans_.size(); ++id) {
    if (spans_[id].use != SpanUse::dead) all.push_back(id);
  }
  sort_by_address(all);
  return all;
}

}  // namespace heaplaw::model
