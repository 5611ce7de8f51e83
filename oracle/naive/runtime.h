// The naive runtime: Go's heap written from its specification as plainly as it can be, for whoever
// needs a second opinion. It shares nothing with the model but the vocabulary.
#pragma once

#include <optional>
#include <string_view>

#include "oracle/naive/state.h"
#include "vocabulary/heap_start.h"
#include "vocabulary/release.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

class NaiveRuntime final : public Subject {
 public:
  // Throws std::invalid_argument for a release other than 1.19.7 and later patches of 1.19, for a
  // number of Ps other than 1 to 64, and for a start in which an object does not land where it
  // should. `huge_page` is the kernel's transparent huge page size; 0 if it shows none.
  NaiveRuntime(const Release& release, unsigned procs,
               const std::optional<HeapStart>& start = std::nullopt, Bytes huge_page = 2048_KiB);

  [[nodiscard]] std::string_view name() const override { return "naive"; }
  [[nodiscard]] Observation apply(const Operation& operation) override;
  [[nodiscard]] MemStats mem_stats() const override;
  [[nodiscard]] PageMap page_map() const override;
  void check_invariants() const override;

  // A recording does not say how many unused span records its P had at the first snapshot; whoever
  // compares MSpanInuse has to find the one number that fits (PA-25).
  void assume_span_records(std::uint64_t kept) { state_.proc().span_records = kept; }

  [[nodiscard]] const naive::State& state() const { return state_; }

 private:
  void begin(const HeapStart& start);
  [[nodiscard]] Observation perform(const Operation& operation);
  [[nodiscard]] Observation allocate(const Operation& operation);
  void grow_stack(const Operation& operation);

  naive::State state_;
  MemStats snapshot_;
};

}  // namespace heaplaw::oracle
