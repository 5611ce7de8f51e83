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
  [[nodiscard]] Observation allocate_tiny(const Operation& operation);
  [[nodiscard]] Observation allocate_slowly(const Operation& operation, SpanClass span_class);
  [[nodiscard]] Observation allocate_large(const Operation& operation);
  [[nodiscard]] Observation apply_slowly(const Operation& operation);
  [[nodiscard]] Observation dispatch(const Operation& operation);
  void drop(const Operation& operation);

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
  Proc* proc_ = nullptr;            // the current one
  MemStats snapshot_;               // the last read-memstats
  std::uint64_t swept_before_ = 0;  // spans, when the last operation began
};

}  // namespace heaplaw::model
