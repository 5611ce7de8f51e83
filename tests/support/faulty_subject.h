// A real subject that lies now and then: what a judge, a property or a fuzz target must notice.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "vocabulary/subject.h"

namespace heaplaw {

class FaultySubject final : public Subject {
 public:
  // Each may spoil what the real subject said; an empty one spoils nothing.
  struct Faults {
    std::function<void(const Operation&, Observation&)> answer;
    std::function<void(MemStats&)> stats;
    std::function<PageMap(const PageMap&)> map;
  };

  FaultySubject(std::unique_ptr<Subject> real, Faults faults)
      : real_(std::move(real)), faults_(std::move(faults)) {}

  [[nodiscard]] std::string_view name() const override { return real_->name(); }
  [[nodiscard]] Observation apply(const Operation& operation) override {
    Observation observation = real_->apply(operation);
    if (observation.stats && faults_.stats) {
      spoilt_ = *observation.stats;
      faults_.stats(spoilt_);
      observation.stats = &spoilt_;
    }
    if (faults_.answer) faults_.answer(operation, observation);
    return observation;
  }
  [[nodiscard]] MemStats mem_stats() const override {
    MemStats stats = real_->mem_stats();
    if (faults_.stats) faults_.stats(stats);
    return stats;
  }
  [[nodiscard]] PageMap page_map() const override {
    PageMap map = real_->page_map();
    return faults_.map ? faults_.map(map) : map;
  }
  [[nodiscard]] WhiteBox white_box() const override { return real_->white_box(); }
  void check_invariants() const override { real_->check_invariants(); }

 private:
  std::unique_ptr<Subject> real_;
  Faults faults_;
  MemStats spoilt_;
};

}  // namespace heaplaw
