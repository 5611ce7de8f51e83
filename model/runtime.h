// The model of a Go process's heap: operations in, addresses and statistics out.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "model/heap/heap_state.h"
#include "model/pages/kernel.h"
#include "model/spans/span_classes.h"
#include "vocabulary/heap_start.h"
#include "vocabulary/release.h"
#include "vocabulary/subject.h"

namespace heaplaw::model {

// What a recording leaves unknown of the process that it was made of.
struct StartGuess {
  unsigned span_records = 0;  // unused ones at P 0, 0 to 128 (PA-25)
};

class Runtime final : public Subject {
 public:
  // Throws std::invalid_argument for a release that is not modelled (modelled_releases.h), for a
  // number of Ps outside 1 to 64, and for a start that the release cannot have had.
  Runtime(const Release& release, unsigned procs, const std::optional<HeapStart>& start = {},
          StartGuess guess = {});
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime() override;

  [[nodiscard]] std::string_view name() const override { return "model"; }
  [[nodiscard]] Observation apply(const Operation& operation) override;
  [[nodiscard]] MemStats mem_stats() const override;
  [[nodiscard]] PageMap page_map() const override;
  [[nodiscard]] WhiteBox white_box() const override;
  void check_invariants() const override;

  // For those who look inside: laws and tests.
  [[nodiscard]] const HeapState& state() const { return *state_; }

 private:
  [[nodiscard]] Observation allocate(const Operation& operation);
  [[nodiscard]] Observation allocate_slot(const Operation& operation, SpanClass span_class);
  Observation bind(const Operation& operation, SpanId id, unsigned slot);
  [[nodiscard]] Observation allocate_large(const Operation& operation);
  [[nodiscard]] Observation apply_slowly(const Operation& operation);
  [[nodiscard]] Observation dispatch(const Operation& operation);

  Observation read_mem_stats();
  void free_os_memory();
  void set_percent(std::uint64_t percent_or_off);
  void set_memory_limit(std::uint64_t bytes_or_off);
  void grow_stack(const Operation& operation);
  void free_stack(std::uint64_t goroutine);
  void set_proc(unsigned number);

  // Runs what may need pages; if there are none, takes it all back.
  template <typename Deed>
  [[nodiscard]] Observation or_out_of_memory(std::uint64_t pages, Deed&& deed);
  [[nodiscard]] Observation take_back_to(std::unique_ptr<HeapState> before);
  [[nodiscard]] bool growth_may_fail(std::uint64_t pages);

  void begin_at(const HeapStart& start);

  const SpanClasses& classes_;
  std::unique_ptr<Kernel> kernel_;
  std::unique_ptr<HeapState> state_;
  Proc* proc_ = nullptr;  // the current one
  MemStats snapshot_;     // the last read-memstats
};

// Nearly all of a history is small objects that come and go, and which comes next is a coin toss:
// one path without a branch between the two serves both. A drop takes from no_span, which has
// nothing, and its reference, 0, is what a free name stands for. All else is out of line.
inline Observation Runtime::apply(const Operation& operation) {
  // A history is an array that is read front to back; processors that fetch ahead stop at the end
  // of each 4 KiB.
  __builtin_prefetch(
      reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(&operation) + 4096));
  HeapState& state = *state_;
  state.sweep.swept_by_operation = 0;
  if (operation.kind > OperationKind::drop || operation.value > SpanClasses::largest_place) {
    return apply_slowly(operation);
  }
  const bool comes = operation.kind == OperationKind::alloc;
  const SpanClasses::Place place = classes_.place_of(operation.value, operation.object);
  Span& span = state.spans[proc_->cached[place.span_class]];
  const std::uint64_t free = span.alloc_cache | static_cast<std::uint64_t>(!comes);
  if (free == 0) return allocate(operation);
  const auto slot = static_cast<unsigned>(std::countr_zero(free));  // of the current word
  if (!state.objects.try_change(operation.handle, span.word_ref + slot, comes)) {
    return apply_slowly(operation);
  }
  span.alloc_cache = free & (free - 1);
  return {.answer = comes ? Answer::address : Answer::nothing,
          .address = Address{span.word_address + slot * span.element_size + place.header}};
}

}  // namespace heaplaw::model
