// Puts the samples of expositions together to snapshots, process by process.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/evidence_block.h"
#include "evidence/evidence_sink.h"
#include "evidence/runtime_metrics.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

// Whether all counters that both have fell: then it is another process, or the same one anew.
[[nodiscard]] bool began_anew(const Snapshot& before, const Snapshot& now);

// A snapshot is complete when one of its metrics comes again.
class Scrapes {
 public:
  explicit Scrapes(EvidenceSink& sink) : sink_(sink) {}

  void take(std::size_t line, const SampleEvent& sample);
  // A line of runtime/metrics as a program prints it.
  void take(std::size_t line, const RuntimeMetricLine& metric);
  void finish();

 private:
  static constexpr std::size_t processes_max = 256;
  // Figures of one kind, on their way to a snapshot.
  struct Series {
    std::optional<Snapshot> before;
    std::size_t line = 0;
  };
  struct Process {
    Snapshot fields;
    RuntimeMetrics runtime;
    std::optional<Release> release;
    Series of_fields;
    Series of_runtime;
  };

  Process* process_of(std::string_view prefix, std::string_view labels, bool info);
  void take_field(Process& process, std::size_t line, const SampleEvent& sample);
  void take_runtime(Process& process, std::size_t line, RuntimeMetric metric, std::uint64_t value);
  void flush_fields(const std::string& name, Process& process);
  void flush_runtime(const std::string& name, Process& process);
  void emit(const std::string& name, const Process& process, Series& series, std::string_view form,
            Snapshot&& snapshot);

  EvidenceSink& sink_;
  std::map<std::string, Process, std::less<>> processes_;
  const std::string* last_name_ = nullptr;
  Process* last_ = nullptr;
  std::string key_;
};

}  // namespace heaplaw::evidence
