// When a history fails, as a shrinker asks it: it diverges, or the process that judges it dies.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/history/lineup.h"
#include "oracle/shrink.h"
#include "vocabulary/divergence.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

struct Failure {
  std::size_t index = 0;                 // of the operation
  std::optional<Divergence> divergence;  // nothing where the judge's process died
  std::string death;                     // how it died: "signal 11 (Segmentation fault)"
};
// One line.
[[nodiscard]] std::string describe(const Failure& failure);

// Which failures count.
enum class FailureWish : std::uint8_t {
  any,    // a death if the history dies, else any divergence
  same,   // a divergence in the law, or else the field, in which the history itself diverges
  crash,  // a death
};

class FailureFinder {
 public:
  // Both must outlive it. An interruption ends a run, which then has found nothing.
  FailureFinder(const Lineup& lineup, const std::atomic<bool>& interrupted)
      : lineup_(lineup), interrupted_(interrupted) {}

  // How the history fails, if it does. From then on only failures of its kind count.
  [[nodiscard]] std::optional<Failure> first(const Trace& trace, FailureWish wish);

  // That history up to its failure.
  [[nodiscard]] const Trace& failing() const { return failing_; }

  // For a shrinker. Where the process may die, runs are made in a child that is given up after
  // `run_max`.
  [[nodiscard]] oracle::FailsAt fails_at(std::chrono::seconds run_max);

  // How the history failed that did so last.
  [[nodiscard]] const Failure& last() const { return last_; }

 private:
  [[nodiscard]] std::optional<Failure> diverges(const Trace& trace) const;
  [[nodiscard]] std::optional<Failure> dies(const Trace& trace, std::chrono::seconds run_max) const;

  const Lineup& lineup_;
  const std::atomic<bool>& interrupted_;
  FailureWish wish_ = FailureWish::any;
  Trace failing_;
  Failure first_;
  Failure last_;
};

}  // namespace heaplaw::cli
