#include "vocabulary/operation.h"

#include <algorithm>

namespace heaplaw {

namespace {

constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t int32_max = std::numeric_limits<std::int32_t>::max();

constexpr std::array<std::string_view, os_fault_count> fault_names = {
    "reserve", "map", "madvise-free", "madvise-dontneed", "huge-pages"};

bool value_fits(const OperationRule& rule, std::uint64_t value, unsigned procs) {
  switch (rule.value) {
    case ValueForm::percent_or_off:
    case ValueForm::bytes_or_off:
      return value <= rule.value_max || value == value_off;
    case ValueForm::stack_size:
      return is_power_of_two(value) && value >= stack_size_min.raw() && value <= rule.value_max;
    case ValueForm::proc:
      return value < procs;
    default:
      return value <= rule.value_max;
  }
}

}  // namespace

// The byte codes are dealt out in this order, so a new row goes to the end: bytes that fuzzers have
// collected keep their meaning.
// clang-format off
constexpr std::array<OperationRule, operation_kind_count> operation_rules = {{
    {"alloc", HandleRole::new_object, ValueForm::bytes, any, true, 96,
     "HANDLE BYTES scan|noscan: allocate an object and keep it alive"},
    {"drop", HandleRole::live_object, ValueForm::none, 0, false, 88,
     "HANDLE: the object is garbage from now on"},
    {"gc", HandleRole::none, ValueForm::none, 0, false, 8,
     "a requested collection, swept to its end"},
    {"read-memstats", HandleRole::none, ValueForm::none, 0, false, 6,
     "take a snapshot, which flushes every P's caches"},
    {"free-os-memory", HandleRole::none, ValueForm::none, 0, false, 3,
     "collect and give every free page back to the operating system"},
    {"gc-percent", HandleRole::none, ValueForm::percent_or_off, int32_max, false, 3,
     "PERCENT|off: how much the heap may grow before a collection"},
    {"memory-limit", HandleRole::none, ValueForm::bytes_or_off, int64_max, false, 3,
     "BYTES|off: the soft limit on memory"},
    {"advance", HandleRole::none, ValueForm::duration, int64_max, false, 6,
     "DURATION: let the virtual clock run, as in 2m30s"},
    {"proc", HandleRole::none, ValueForm::proc, procs_max - 1, false, 10,
     "NUMBER: later operations run on this P, counted from 0"},
    {"stack-grow", HandleRole::goroutine, ValueForm::stack_size, stack_size_max.raw(), false, 10,
     "GOROUTINE BYTES: it gets a stack of this size in place of the one it had"},
    {"stack-free", HandleRole::live_stack, ValueForm::none, 0, false, 8,
     "GOROUTINE: it ends and gives its stack back"},
    {"os-pressure", HandleRole::none, ValueForm::bytes, any, false, 2,
     "BYTES: the kernel takes back lazily freed pages"},
    {"os-fault", HandleRole::none, ValueForm::os_fault, os_fault_count - 1, false, 1,
     "FAULT: the kernel refuses this from now on"},
}};
// clang-format on

std::string_view name_of(OsFault fault) {
  const auto index = static_cast<std::size_t>(fault);
  HEAPLAW_CHECK(index < fault_names.size(), "no fault has the number {}", index);
  return fault_names[index];
}

std::optional<OperationKind> operation_kind_named(std::string_view name) {
  const auto* const found = std::ranges::find(operation_rules, name, &OperationRule::name);
  if (found == operation_rules.end()) return std::nullopt;
  return static_cast<OperationKind>(found - operation_rules.begin());
}

bool is_well_formed(const Operation& operation, unsigned procs) {
  if (static_cast<std::size_t>(operation.kind) >= operation_rules.size()) return false;
  const OperationRule& rule = rule_of(operation.kind);
  const bool object_fits = operation.object == ObjectKind::noscan ||
                           (rule.has_object_kind && operation.object == ObjectKind::scan);
  const bool handle_fits = rule.handle != HandleRole::none || operation.handle == 0;
  return object_fits && handle_fits && value_fits(rule, operation.value, procs);
}

}  // namespace heaplaw
