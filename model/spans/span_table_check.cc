#include "model/pages/page_geometry.h"
#include "model/spans/span_table.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

// Slots before the current word are taken, by an object or for good until the next sweep; those
// after it are as the last sweep left them.
bool SpanTable::is_taken(SpanId id, unsigned slot) const {
  const Span& span = spans_[id];
  const unsigned word_base = span.word_base();
  if (slot < word_base) return true;
  if (slot < word_base + 64) return (span.alloc_cache >> (slot - word_base) & 1) == 0;
  return bits_.test(span.alloc_bits, slot);
}

void SpanTable::check_span(SpanId id) const {
  const Span& span = spans_[id];
  HEAPLAW_CHECK(span.use != SpanUse::dead, "a dead span at {:#x} is listed", span.base);
  HEAPLAW_CHECK(span.base % page_size.raw() == 0 && span.pages > 0, "span of {} pages at {:#x}",
                span.pages, span.base);
  if (span.use != SpanUse::object) return;
  HEAPLAW_CHECK(span.alloc_count() <= span.slots && span.slots * span.element_size <= span.bytes(),
                "span at {:#x}: {} of {} slots of {} bytes in {} pages", span.base,
                span.alloc_count(), span.slots, span.element_size, span.pages);
  unsigned taken = 0;
  for (unsigned slot = 0; slot < span.slots; ++slot) taken += is_taken(id, slot) ? 1u : 0u;
  HEAPLAW_CHECK(taken == span.alloc_count(), "span at {:#x}: {} slots taken, counted {}", span.base,
                taken, span.alloc_count());
  const unsigned marked = bits_.count(span.mark_bits, words_of(span));
  HEAPLAW_CHECK(marked == span.marked, "span at {:#x}: {} marks, counted {}", span.base, marked,
                span.marked);
  for (unsigned slot = 0; slot < span.slots; ++slot) {
    HEAPLAW_CHECK(!is_marked(id, slot) || is_taken(id, slot), "span at {:#x}: free slot {} marked",
                  span.base, slot);
  }
}

void SpanTable::check_invariants() const {
  std::uint64_t end = 0;
  std::size_t seen = 0;
  for (const SpanId id : all_by_address()) {
    const Span& span = spans_[id];
    HEAPLAW_CHECK(span.base >= end, "span at {:#x} begins before {:#x}", span.base, end);
    end = span.base + span.bytes();
    ++seen;
  }
  HEAPLAW_CHECK(seen == live_, "{} spans in chunks, counted {}", seen, live_);
  std::size_t unused = 0;
  for (SpanId id = unused_; id != no_span; id = spans_[id].list_next) {
    HEAPLAW_CHECK(spans_[id].use == SpanUse::dead, "record {} is unused and lives", id);
    ++unused;
  }
  HEAPLAW_CHECK(unused + live_ + 1 == spans_.size(), "{} unused and {} live of {} records", unused,
                live_, spans_.size());
}

}  // namespace heaplaw::model
