// Takes subjects through a history in lockstep and holds them to each other and to the laws.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "oracle/cadence.h"
#include "oracle/laws/heap_laws.h"
#include "oracle/verdict.h"
#include "vocabulary/mem_stats.h"
#include "vocabulary/subject.h"
#include "vocabulary/trace.h"

namespace heaplaw::oracle {

struct JudgeOptions {
  CadenceOptions cadence;
  // Fields that are harder to know are not compared between subjects.
  Comparable strictness = Comparable::bounded;
  bool laws = true;
  bool invariants = true;
  // False for subjects that begin with a recording's calibration, where GOGC is off.
  bool starts_empty = true;
};

// The first subject is who the others are expected to agree with. One subject alone is held to the
// laws. Subjects must be fresh and must outlive the judge.
class Judge {
 public:
  Judge(std::span<Subject* const> subjects, const Release& release, unsigned procs,
        const JudgeOptions& options = {});

  // False once there is a divergence; then nothing is applied any more.
  [[nodiscard]] bool step(const Operation& operation);

  // Looks at everything once more.
  [[nodiscard]] Verdict finish();

  [[nodiscard]] const std::optional<Divergence>& divergence() const { return verdict_.divergence; }
  // What the first subject answered last.
  [[nodiscard]] const Observation& observation() const { return parties_.front().observation; }

 private:
  struct Reading {
    MemStats stats{};
    PageMap map{};
  };
  struct Party {
    Subject* subject;
    Observation observation;
    Reading now{}, before{};
  };

  void apply(const Operation& operation);
  void compare_answers();
  void compare_stats(const MemStats& expected, const MemStats& actual, const Party& party);
  void look_before(Looks looks);
  void bridge(Party& party);
  void look_after(Looks looks, bool one_step);
  void compare_looks(Looks looks);
  void compare_read_with_look(const Party& party);
  void evaluate_laws(Party& party, Looks looks, bool one_step,
                     const std::vector<LiveObject>& objects);
  void evaluate(const Party& party, const HeapMoment& moment);
  void list_unproved();
  void diverge(Divergence divergence, const Subject* expected, const Subject* actual);
  // Calls work(); an exception from it is a divergence of the subject.
  template <typename Work>
  void guarded(const Subject& subject, Work work);

  JudgeOptions options_;
  std::vector<Party> parties_;
  HeapSetting setting_;
  HeapLedger ledger_;
  HeapLawBook book_;
  Cadence cadence_;
  Operation operation_;  // the current one
  std::uint64_t index_ = 0;
  std::uint64_t snapshot_index_ = never;  // operations after which `now` was read
  std::uint64_t map_index_ = never;
  Verdict verdict_;

  static constexpr std::uint64_t never = ~std::uint64_t{0};
};

[[nodiscard]] Verdict judge(std::span<Subject* const> subjects, const Trace& trace,
                            const JudgeOptions& options = {});

}  // namespace heaplaw::oracle
