// What one thread of `heaplaw check` does with histories: it judges them in lockstep, counts, and
// shrinks whatever fails.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/check/stages.h"
#include "cli/history/lockstep.h"
#include "oracle/verdict.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

class HistoryWork {
 public:
  explicit HistoryWork(const StageOptions& options) : options_(&options) {}

  // `what` names the history in a failure.
  void judge(const Trace& trace, const std::string& what);
  // One that begins elsewhere than in an empty heap is not shrunk: no trace says where it begins.
  void judge(const OperationSource& operations, const std::string& what);

  [[nodiscard]] bool failed() const { return result_.failure_count != 0; }
  [[nodiscard]] bool stopped() const { return options_->interrupted || failed(); }

  // Adds what was found, and lets `counts` grow.
  void add_to(StageResult& stage, oracle::JudgeCounts& counts, std::uint64_t& histories);

 private:
  [[nodiscard]] std::optional<Divergence> diverges(const OperationSource& operations);
  void shrink(const Trace& trace, const std::string& what);

  const StageOptions* options_;
  StageResult result_;
  oracle::JudgeCounts counts_;
  std::uint64_t histories_ = 0;
};

// Runs work(worker, number of the worker) on each of options.jobs threads and puts together what
// they found: first the histories, called `kind`, then what the judge compared.
[[nodiscard]] StageResult judge_in_parallel(
    std::string name, std::string kind, const StageOptions& options,
    const std::function<void(HistoryWork&, unsigned)>& work);

}  // namespace heaplaw::cli
