// All span records, and which spans begin in which chunk of address space. There is no table by
// page: a terabyte would need half a gigabyte of it, and only the reclaimer and people who look at
// page maps ever ask.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/pages/sparse_blocks.h"
#include "model/pages/stretch.h"
#include "model/spans/object_bits.h"
#include "model/spans/span.h"
#include "model/spans/span_classes.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

class SpanTable {
 public:
  SpanTable();

  // References last until the next span is made.
  [[nodiscard]] Span& operator[](SpanId id) { return spans_[id]; }
  [[nodiscard]] const Span& operator[](SpanId id) const { return spans_[id]; }

  // Without slots: for anything but objects.
  SpanId make(SpanUse use, std::uint64_t base, std::uint64_t pages);
  SpanId make_object_span(SpanClass span_class, const SpanShape& shape, std::uint64_t base,
                          std::uint64_t pages);
  void destroy(SpanId id);

  // The lowest slot that is free and was not passed over; nothing in a span that has none.
  [[nodiscard]] std::optional<unsigned> next_free(SpanId id);
  // The marks become the allocation bits, and the span begins anew. Says how many slots it freed.
  unsigned turn_marks_into_allocations(SpanId id);
  // Reached, once or again. no_span takes slots 0 and 1, so that a mark phase need not ask whether
  // there is an object.
  void mark(SpanId id, unsigned slot) {
    const Span& span = spans_[id];
    HEAPLAW_ASSERT(id == no_span || (span.use == SpanUse::object && slot < span.slots),
                   "slot {} of {} at {:#x}", slot, span.slots, span.base);
    bits_.set(span.mark_bits, slot);
  }
  struct Marked {
    Bytes bytes{};                 // in the slots that were reached
    std::uint64_t dead_spans = 0;  // object spans without one
  };
  // Ends a mark phase: each span gets to know how many of its slots were reached.
  [[nodiscard]] Marked count_marks();
  [[nodiscard]] bool is_marked(SpanId id, unsigned slot) const {
    return bits_.test(spans_[id].mark_bits, slot);
  }

  // Handed out in this cycle or before it.
  [[nodiscard]] bool is_taken(SpanId id, unsigned slot) const;

  // Those of the chunk that are wanted, ascending by address.
  template <typename Wanted>
  [[nodiscard]] std::vector<SpanId> beginning_in_chunk(std::uint64_t chunk, Wanted&& wanted) const {
    std::vector<SpanId> found;
    for (SpanId id = first_in(chunk); id != no_span; id = spans_[id].chunk_next) {
      if (wanted(spans_[id])) found.push_back(id);
    }
    sort_by_address(found);
    return found;
  }
  [[nodiscard]] std::vector<SpanId> all_by_address() const;
  [[nodiscard]] std::size_t count() const { return live_; }
  // Records in use at the same time, at most.
  [[nodiscard]] std::size_t record_count() const { return spans_.size(); }
  // Of all records, with room for those to come.
  [[nodiscard]] Bytes records_memory() const { return Bytes{spans_.capacity() * sizeof(Span)}; }
  // Of the way from chunks to spans.
  [[nodiscard]] Bytes metadata() const { return chunk_heads_.metadata(); }

  void check_span(SpanId id) const;
  void check_invariants() const;

 private:
  // The first span of each chunk, in blocks of 16 GiB.
  static constexpr unsigned heads_shift = 12;
  using ChunkHeads = Stretch<SpanId>;

  void load_word(SpanId id, unsigned word);
  [[nodiscard]] unsigned words_of(const Span& span) const { return bit_words(span.slots); }
  [[nodiscard]] SpanId& head_of(std::uint64_t chunk) {
    return chunk_heads_.at(chunk >> heads_shift).at(chunk);
  }
  [[nodiscard]] SpanId first_in(std::uint64_t chunk) const {
    const ChunkHeads* const heads = chunk_heads_.find(chunk >> heads_shift);
    return heads == nullptr ? no_span : heads->get(chunk);
  }
  void sort_by_address(std::vector<SpanId>& list) const;
  void link_into_chunk(SpanId id);
  void unlink_from_chunk(SpanId id);

  std::vector<Span> spans_;
  SpanId unused_ = no_span;
  std::size_t live_ = 0;
  ObjectBits bits_;
  SparseBlocks<ChunkHeads> chunk_heads_;
};

}  // namespace heaplaw::model
