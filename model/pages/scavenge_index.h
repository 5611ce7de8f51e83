// What the scavenger knows of the chunks, in the form that the release keeps it.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "model/pages/chunk_occupancy.h"
#include "model/pages/scavenge_marks.h"
#include "vocabulary/heap_facts.h"

namespace heaplaw::model {

class ScavengeIndex {
 public:
  explicit ScavengeIndex(const HeapFacts& facts) : form_(form_of(facts)) {}

  void allocated(std::uint64_t chunk, unsigned n) {
    if (ChunkOccupancy* o = changing()) o->allocated(chunk, n);
  }
  void freed(std::uint64_t chunk, unsigned page, unsigned n) {
    if (ChunkOccupancy* o = changing()) {
      o->freed(chunk, page + n - 1, n);
    } else {
      std::get<ScavengeMarks>(form_).freed(chunk, page, n);
    }
  }
  // Pages that a cache takes and gives back; marks are not told (SC-18).
  void cached(std::uint64_t chunk, unsigned n) { allocated(chunk, n); }
  void returned_by_cache(std::uint64_t chunk, unsigned last_page, unsigned n) {
    if (ChunkOccupancy* o = changing()) o->freed(chunk, last_page, n);
  }

  // The highest chunk at or below the cursor that may have something to release, as far as the
  // urgency demands it.
  [[nodiscard]] std::optional<ScavengePosition> find(ScavengeUrgency urgency) {
    if (ChunkOccupancy* o = changing()) return o->find(urgency);
    return std::get<ScavengeMarks>(form_).find();
  }
  // Nothing was found there.
  void set_empty(std::uint64_t chunk) {
    if (ChunkOccupancy* o = changing()) {
      o->set_empty(chunk);
    } else {
      std::get<ScavengeMarks>(form_).unmark(chunk);
    }
  }
  void next_generation() {
    if (ChunkOccupancy* o = changing()) o->next_generation();
  }

  // Null where the release has marks.
  [[nodiscard]] const ChunkOccupancy* occupancy() const {
    return std::get_if<ChunkOccupancy>(&form_);
  }
  [[nodiscard]] Bytes metadata() const {
    return Bytes{sizeof *this} + std::visit([](const auto& f) { return f.metadata(); }, form_);
  }
  void check_invariants() const {
    std::visit([](const auto& f) { f.check_invariants(); }, form_);
  }

 private:
  using Form = std::variant<ScavengeMarks, ChunkOccupancy>;
  static Form form_of(const HeapFacts& facts) {
    if (facts.scavenge_index == ScavengeIndexForm::marks) return ScavengeMarks{};
    return ChunkOccupancy{facts.dense_chunk_pages};
  }
  [[nodiscard]] ChunkOccupancy* changing() { return std::get_if<ChunkOccupancy>(&form_); }

  Form form_;
};

}  // namespace heaplaw::model
