#include "oracle/shrink_steps.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace heaplaw::oracle {

namespace {

constexpr std::uint64_t page = 8192;

bool is_stack(OperationKind kind) {
  return kind == OperationKind::stack_grow || kind == OperationKind::stack_free;
}

Trace cut(const Trace& trace, std::vector<Operation> operations) {
  Trace result{.release = trace.release, .procs = trace.procs, .operations = std::move(operations)};
  remove_breaches(result);
  return result;
}

template <typename Keep>
Trace keep_if(const Trace& trace, std::size_t first, std::size_t count, Keep keep) {
  std::vector<Operation> operations;
  operations.reserve(trace.operations.size());
  for (std::size_t i = 0; i < trace.operations.size(); ++i) {
    if (i < first || i >= first + count || keep(trace.operations[i])) {
      operations.push_back(trace.operations[i]);
    }
  }
  return cut(trace, std::move(operations));
}

// Values that are easier on a reader than their neighbours, per form of value.
std::vector<std::uint64_t> plain_values(ValueForm form) {
  switch (form) {
    case ValueForm::bytes:
      return {1, 8, 16, 32, 1024, page, 2 * page, 32768, 32769, 16 * page, 64 * page, 512 * page};
    case ValueForm::percent_or_off:
      return {0, 100};
    case ValueForm::bytes_or_off:
      return {0, 4 << 20, 64 << 20};
    case ValueForm::duration:
      return {0, 1'000'000'000, 121'000'000'000};
    case ValueForm::stack_size:
      return {2048, 32768};
    default:
      return {0};
  }
}

}  // namespace

Trace renumbered(const Trace& trace) {
  Trace result = trace;
  std::unordered_map<std::uint64_t, std::uint64_t> objects, stacks;
  std::uint64_t allocated = 0;
  for (Operation& operation : result.operations) {
    if (operation.kind == OperationKind::alloc) objects[operation.handle] = ++allocated;
    if (is_stack(operation.kind)) {
      operation.handle = stacks.try_emplace(operation.handle, stacks.size() + 1).first->second;
    } else if (rule_of(operation.kind).handle != HandleRole::none) {
      operation.handle = objects[operation.handle];
    }
  }
  return result;
}

Trace with_fewest_procs(const Trace& trace) {
  Trace result = trace;
  std::map<std::uint64_t, std::uint64_t> names = {{0, 0}};
  for (Operation& operation : result.operations) {
    if (operation.kind != OperationKind::proc) continue;
    operation.value = names.try_emplace(operation.value, names.size()).first->second;
  }
  result.procs = static_cast<unsigned>(names.size());
  return result;
}

Trace without_range(const Trace& trace, std::size_t first, std::size_t count) {
  return keep_if(trace, first, count, [](const Operation&) { return false; });
}

Trace without_kind(const Trace& trace, OperationKind kind) {
  return keep_if(trace, 0, trace.operations.size(),
                 [kind](const Operation& operation) { return operation.kind != kind; });
}

Trace without_drops(const Trace& trace, std::size_t first, std::size_t count) {
  return keep_if(trace, first, count,
                 [](const Operation& operation) { return operation.kind != OperationKind::drop; });
}

Trace with_merged_allocs(const Trace& trace, std::size_t first, std::size_t count) {
  std::vector<Operation> operations;
  std::uint64_t bytes = 0;
  std::optional<std::size_t> merged;
  for (std::size_t i = 0; i < trace.operations.size(); ++i) {
    const Operation& operation = trace.operations[i];
    const bool takes_part = i >= first && i < first + count &&
                            operation.kind == OperationKind::alloc &&
                            operation.value < std::uint64_t{1} << 40U;
    if (takes_part) bytes += operation.value;
    if (takes_part && merged) continue;
    if (takes_part) merged = operations.size();
    operations.push_back(operation);
  }
  if (merged) operations[*merged].value = (bytes + page - 1) / page * page;
  return cut(trace, std::move(operations));
}

std::vector<Operation> simpler(const Operation& operation) {
  std::vector<Operation> result;
  const ValueForm form = rule_of(operation.kind).value;
  const auto with_value = [&](std::uint64_t value) {
    if (value >= operation.value) return;
    result.push_back(operation);
    result.back().value = value;
  };
  if (form == ValueForm::none || form == ValueForm::os_fault) return result;
  for (const std::uint64_t value : plain_values(form)) with_value(value);
  if (form == ValueForm::bytes) {
    for (std::uint64_t part = 2; part <= 16; part *= 2) {
      const std::uint64_t value = operation.value - operation.value / part;
      with_value(value > page ? value / page * page : value);
    }
    with_value(operation.value / page * page);
    if (operation.value != 0) with_value(operation.value - 1);
  }
  if (operation.object == ObjectKind::scan) {
    result.push_back(operation);
    result.back().object = ObjectKind::noscan;
  }
  return result;
}

std::uint64_t complexity(const Trace& trace) {
  std::uint64_t sum = trace.procs;
  for (const Operation& operation : trace.operations) {
    // Saturates: one huge value must not wrap into a simple history.
    const std::uint64_t own = operation.value / 4 + (operation.object == ObjectKind::scan);
    sum = sum > ~std::uint64_t{0} - own ? ~std::uint64_t{0} : sum + own;
    sum += sum < (std::uint64_t{1} << 63U) ? operation.value % 4 : 0;
  }
  return sum;
}

}  // namespace heaplaw::oracle
