#include "cli/history/lockstep.h"

#include "oracle/judge.h"

namespace heaplaw::cli {

OperationSource operations_of(const Trace& trace) {
  return {.release = trace.release,
          .procs = trace.procs,
          .next = [&operations = trace.operations, i = std::size_t{0}](Operation& next) mutable {
            if (i == operations.size()) return false;
            next = operations[i++];
            return true;
          }};
}

OperationSource operations_of(const Recording& recording) {
  OperationSource source = operations_of(recording.trace);
  source.start = start_of(recording);
  return source;
}

oracle::Verdict judge_in_lockstep(const OperationSource& operations, const Lineup& lineup,
                                  const OnStep& on_step) {
  const Subjects owned = lineup(operations.release, operations.procs, operations.start);
  std::vector<Subject*> subjects;
  subjects.reserve(owned.size());
  for (const auto& subject : owned) subjects.push_back(subject.get());

  oracle::Judge judge(subjects, operations.release, operations.procs,
                      {.starts_empty = !operations.start});
  Operation operation;
  for (std::uint64_t index = 0; operations.next(operation); ++index) {
    if (!judge.step(operation)) break;
    if (!on_step) continue;
    if (!on_step({index, operation, judge.observation(), *subjects.back()})) break;
  }
  return judge.finish();
}

oracle::Verdict judge_in_lockstep(const Trace& trace, const Lineup& lineup, const OnStep& on_step) {
  return judge_in_lockstep(operations_of(trace), lineup, on_step);
}

}  // namespace heaplaw::cli
