// A subject of forty lines for tests of those who judge, shrink and generate: every object has
// pages of its own, at the end of the heap. Its faults are chosen per test.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "vocabulary/subject.h"

namespace heaplaw {

class ToyHeap : public Subject {
 public:
  // Called after each operation; may spoil the answer, the figures or the map, or throw.
  using Fault = std::function<void(ToyHeap&, const Operation&, Observation&)>;

  explicit ToyHeap(std::string name = "toy", Fault fault = {})
      : name_(std::move(name)), fault_(std::move(fault)) {}

  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] Observation apply(const Operation& operation) override {
    Observation observation;
    ++operations;
    if (operation.kind == OperationKind::alloc) {
      const Pages pages = pages_covering(Bytes{operation.value}, 8_KiB);
      observation = Observation::of(base + end_);
      stats.heap_inuse += pages.raw() * 8192;
      stats.heap_alloc += operation.value;
      ++stats.mallocs;
      end_ += bytes_of(pages, 8_KiB);
    }
    if (operation.kind == OperationKind::gc) ++stats.num_gc;
    if (operation.kind == OperationKind::read_memstats) observation = Observation::of(stats);
    if (fault_) fault_(*this, operation, observation);
    return observation;
  }
  [[nodiscard]] MemStats mem_stats() const override { return stats; }
  [[nodiscard]] PageMap page_map() const override {
    PageMap map;
    map.append(base, Pages{end_ / 8_KiB}, state);
    return map;
  }
  void check_invariants() const override { ++invariant_checks; }

  static constexpr Address base{0xc000000000};
  MemStats stats;
  PageState state{PageUse::object_span};
  std::uint64_t operations = 0;
  mutable std::uint64_t invariant_checks = 0;

 private:
  std::string name_;
  Fault fault_;
  Bytes end_{};
};

}  // namespace heaplaw
