// What a recorder can have a real process do: see oracle/golang/recorder.
#include <algorithm>
#include <map>

#include "properties/recordable_traces.h"

namespace heaplaw::properties {

namespace {

using enum OperationKind;

constexpr std::uint64_t word = 8;
constexpr std::uint64_t object_max = std::uint64_t{1} << 40U;
constexpr std::uint64_t stack_max = 256 << 10;
constexpr std::size_t goroutines_max = 64;
// A larger one with pointers is marked in so many pieces that a second span of work buffers may be
// needed, or not: that depends on the order of marking.
constexpr std::uint64_t scan_max = std::uint64_t{4} << 20U;
// So many bytes come between two collections at most: ordinary machines have room for them, and
// from this percentage on the least goal is 4 GiB, so that no collection begins by itself, neither
// in a real process nor in one that has nothing of what calibration keeps.
constexpr std::uint64_t uncollected_max = std::uint64_t{2} << 30U;
constexpr std::uint64_t percent_min = 100'000;
constexpr std::uint64_t limit_min = std::uint64_t{64} << 30U;

// Follows a history as a recorder does, from which it takes all but its own rules.
class RecordingRules {
 public:
  [[nodiscard]] std::optional<std::string_view> objection(const Operation& operation) const {
    switch (operation.kind) {
      case alloc:
        if (operation.object == ObjectKind::scan && operation.value % word != 0) {
          return "an object with pointers that is no multiple of 8 bytes";
        }
        if (operation.object == ObjectKind::scan && operation.value > scan_max) {
          return "an object with pointers of more than 4 MiB";
        }
        if (operation.value > object_max) return "an object of more than 1 TiB";
        return uncollected_ + operation.value > uncollected_max
                   ? std::optional<std::string_view>("more than 2 GiB without a collection")
                   : std::nullopt;
      case gc_percent:
        if (operation.value >= percent_min) return std::nullopt;
        return "a percentage at which collections begin by themselves";
      case memory_limit:
        if (operation.value >= limit_min) return std::nullopt;
        return "a limit at which collections begin by themselves";
      case stack_grow:
        return objection_to_growth(operation);
      case stack_free:
        if (size_of(operation.handle) > stack_size_min.raw()) return std::nullopt;
        return "a goroutine that ends with its first stack";
      case drop:
      case gc:
      case read_memstats:
      case free_os_memory:
        return std::nullopt;
      default:
        return "an operation that no process can be made to do";
    }
  }

  void follow(const Operation& operation) {
    if (operation.kind == alloc) uncollected_ += operation.value;
    if (operation.kind == gc || operation.kind == free_os_memory) uncollected_ = 0;
    if (operation.kind == stack_grow) stacks_[operation.handle] = operation.value;
    if (operation.kind == stack_free) stacks_.erase(operation.handle);
  }

  // 0 for one that does not live.
  [[nodiscard]] std::uint64_t size_of(std::uint64_t goroutine) const {
    const auto found = stacks_.find(goroutine);
    return found == stacks_.end() ? 0 : found->second;
  }
  [[nodiscard]] std::uint64_t uncollected() const { return uncollected_; }

 private:
  [[nodiscard]] std::optional<std::string_view> objection_to_growth(
      const Operation& operation) const {
    const std::uint64_t had = size_of(operation.handle);
    if (had == 0 && operation.value != stack_size_min.raw()) {
      return "a goroutine that begins with more than 2048 bytes of stack";
    }
    if (operation.value <= had) return "a stack that grows without getting larger";
    if (operation.value > stack_max) return "a stack of more than 256 KiB";
    if (had == 0 && stacks_.size() == goroutines_max) return "more than 64 goroutines at a time";
    return std::nullopt;
  }

  std::uint64_t uncollected_ = 0;
  std::map<std::uint64_t, std::uint64_t> stacks_;  // bytes, by goroutine
};

class Repair {
 public:
  explicit Repair(const Trace& trace)
      : trace_{.release = trace.release, .procs = 1, .operations = {}} {
    trace_.operations.reserve(trace.operations.size());
    for (const Operation& operation : trace.operations) take(operation);
    remove_breaches(trace_);
  }

  Trace result() { return std::move(trace_); }

 private:
  void take(Operation operation) {
    if (operation.kind == alloc) {
      operation.value = std::min(operation.value, uncollected_max);
      if (operation.value > scan_max) operation.object = ObjectKind::noscan;
      if (operation.object == ObjectKind::scan) operation.value = align_up(operation.value);
      if (rules_.uncollected() + operation.value > uncollected_max) push(Operation::gc());
    }
    if (operation.kind == gc_percent) operation.value = std::max(operation.value, percent_min);
    if (operation.kind == memory_limit) operation.value = std::max(operation.value, limit_min);
    if (operation.kind == stack_grow && rules_.size_of(operation.handle) == 0) {
      push(Operation::stack_grow(operation.handle, stack_size_min));
    }
    push(operation);
  }

  static std::uint64_t align_up(std::uint64_t bytes) { return (bytes + word - 1) / word * word; }

  void push(const Operation& operation) {
    if (rules_.objection(operation)) return;
    rules_.follow(operation);
    trace_.operations.push_back(operation);
  }

  Trace trace_;
  RecordingRules rules_;
};

}  // namespace

std::optional<std::string_view> objection_to_recording(const Trace& trace) {
  if (trace.procs != 1) return "more than one P";
  RecordingRules rules;
  for (const Operation& operation : trace.operations) {
    if (const auto objection = rules.objection(operation)) return objection;
    rules.follow(operation);
  }
  return std::nullopt;
}

Trace made_recordable(const Trace& trace) { return Repair(trace).result(); }

}  // namespace heaplaw::properties
