#include "oracle/recording/recorded_process.h"

#include <fmt/format.h>

#include "vocabulary/check.h"
#include "vocabulary/operation_text.h"

namespace heaplaw::oracle {

RecordedProcess::RecordedProcess(const Recording& recording)
    : recording_(&recording), name_(fmt::format("recorded {}", recording.trace.release)) {}

Observation RecordedProcess::apply(const Operation& operation) {
  const auto& operations = recording_->trace.operations;
  HEAPLAW_CHECK(next_ < operations.size(), "the recording has {} operations", operations.size());
  HEAPLAW_CHECK(operation == operations[next_], "{} was recorded, not {}",
                to_string(operations[next_]), to_string(operation));
  const Address address = recording_->addresses[next_++];
  if (operation.kind == OperationKind::read_memstats) {
    return Observation::of(recording_->stats.at(snapshots_++));
  }
  return address == Address{} ? Observation{} : Observation::of(address);
}

MemStats RecordedProcess::mem_stats() const {
  return snapshots_ == 0 ? MemStats{} : recording_->stats[snapshots_ - 1];
}

}  // namespace heaplaw::oracle
