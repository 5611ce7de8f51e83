// A run of pages with one purpose: objects of one class, a large object, stacks, or something of
// the runtime's own (runtime/mheap.go mspan).
#pragma once

#include <bit>
#include <cstdint>

namespace heaplaw::model {

// An index into the SpanTable. Numbers are used again, as Go uses span records again: who keeps one
// beyond the span's life must check the sweep generation.
using SpanId = std::uint32_t;
// Stands for "no span", and is one without a free slot, so that no fast path asks for it.
inline constexpr SpanId no_span = 0;

// A slot of a span, in one word: what handles stand for.
struct ObjectRef {
  static constexpr unsigned slot_bits = 16;
  static constexpr std::uint64_t of(SpanId span, unsigned slot) {
    return std::uint64_t{span} << slot_bits | slot;
  }
  static constexpr SpanId span(std::uint64_t ref) { return static_cast<SpanId>(ref >> slot_bits); }
  static constexpr unsigned slot(std::uint64_t ref) {
    return static_cast<unsigned>(ref & ((1u << slot_bits) - 1));
  }
  // An object of no bytes: a reference into no span.
  static constexpr std::uint64_t zero_size = 1;
};

// Go's spanClass: twice the size class, plus one where the objects have no pointers.
using SpanClass = std::uint8_t;
inline constexpr unsigned span_class_count = 136;

enum class SpanUse : std::uint8_t { dead, object, stack, work_buffer, other };

// At most 128 bytes beside its bitmaps, whatever the heap's size. Addresses and page counts are raw
// here, since this is where a simulated process spends its time.
struct Span {
  // What an allocation reads and writes: the current word of 64 slots.
  std::uint64_t alloc_cache = 0;   // its free slots, the first one lowest
  std::uint64_t word_address = 0;  // of its first slot
  std::uint64_t word_ref = 0;      // ObjectRef of its first slot
  std::uint64_t element_size = 0;

  std::uint64_t base = 0;
  std::uint16_t slots = 0;
  std::uint16_t taken = 0;    // slots, with those that are free in the current word
  std::uint16_t counted = 0;  // of alloc_count(), what the books knew when it was cached
  std::uint16_t marked = 0;   // slots that the last mark phase reached; sweeping spends them
  SpanClass span_class = 0;
  SpanUse use = SpanUse::dead;

  std::uint32_t sweep_generation = 0;  // against the heap's: see SP-20
  std::uint32_t alloc_bits = 0;        // where ObjectBits keeps them
  std::uint32_t mark_bits = 0;
  std::uint64_t pages = 0;

  // Stack spans: free slots as a stack of nibbles, the next one lowest.
  std::uint64_t free_stacks = 0;

  // Spans that begin in the same chunk, in no order.
  SpanId chunk_next = no_span;
  SpanId chunk_previous = no_span;
  // A pool of stacks, or the list of unused records.
  SpanId list_next = no_span;
  SpanId list_previous = no_span;

  [[nodiscard]] bool is_large() const { return span_class < 2; }
  [[nodiscard]] std::uint64_t bytes() const { return pages << 13; }
  [[nodiscard]] std::uint64_t address_of(unsigned slot) const { return base + slot * element_size; }

  [[nodiscard]] unsigned word_base() const { return ObjectRef::slot(word_ref); }
  [[nodiscard]] std::uint16_t alloc_count() const {
    if (alloc_cache == 0) return taken;
    return static_cast<std::uint16_t>(taken - std::popcount(alloc_cache));
  }

  // No slot is free, the passed-over ones of earlier words included.
  [[nodiscard]] bool is_full() const { return alloc_cache == 0 && taken == slots; }

  // The lowest free slot of the current word; there must be one.
  unsigned take_cached_slot() {
    const unsigned slot = word_base() + static_cast<unsigned>(std::countr_zero(alloc_cache));
    alloc_cache &= alloc_cache - 1;
    return slot;
  }
};
static_assert(sizeof(Span) <= 128);

}  // namespace heaplaw::model
