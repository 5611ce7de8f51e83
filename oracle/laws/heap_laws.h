// The book of laws on heaps. A law is evaluated on every moment that has what it needs, in the
// releases that its text names.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "oracle/laws/heap_moment.h"

namespace heaplaw::oracle {

// What a moment must have for the laws of a chapter.
enum class Needs : std::uint8_t {
  snapshot,       // now
  history,        // now and the ledger
  two_snapshots,  // now and before
  one_step,       // now, before, the ledger, and one operation between
  map,            // now, the map, the ledger and its objects
  two_maps,       // one step, and the map on both sides
};

struct HeapChapter {
  std::string_view title;
  Needs needs;
  std::span<const HeapLaw> laws;
};

[[nodiscard]] std::span<const HeapChapter> heap_chapters();
// All laws of all chapters, in order.
[[nodiscard]] std::span<const HeapLaw* const> heap_laws();
[[nodiscard]] const HeapLaw* heap_law_named(std::string_view id);

// The laws of one release. Counts, law by law, the moments on which each compared something.
class HeapLawBook {
 public:
  explicit HeapLawBook(const Release& release);

  void judge(const HeapMoment& moment, HeapFindings& findings);

  // In the order of heap_laws(); 0 also for laws that the release does not have.
  [[nodiscard]] const std::vector<std::uint64_t>& evaluations() const { return evaluations_; }

 private:
  struct Entry {
    const HeapLaw* law;
    std::size_t number;  // in heap_laws()
  };
  struct Chapter {
    Needs needs;
    std::vector<Entry> entries;
  };

  [[nodiscard]] static const std::vector<Chapter>& chapters_of(const Release& release);

  const std::vector<Chapter>& chapters_;
  std::vector<std::uint64_t> evaluations_;
};

}  // namespace heaplaw::oracle
