#include "vocabulary/trace_rules.h"

#include <algorithm>
#include <array>

#include "vocabulary/trace.h"

namespace heaplaw {

std::string_view describe(Breach breach) {
  constexpr std::array<std::string_view, 5> texts = {
      "no breach", "an operand that this kind of operation does not allow",
      "the handle of a live object", "the handle of no live object", "a goroutine without a stack"};
  return texts[static_cast<std::size_t>(breach)];
}

Breach TraceRules::follow(const Operation& operation) {
  if (!is_well_formed(operation, procs_)) return Breach::malformed;
  return follow_well_formed(operation);
}

Breach TraceRules::follow_well_formed(const Operation& operation) {
  switch (rule_of(operation.kind).handle) {
    case HandleRole::none:
      return Breach::none;
    case HandleRole::new_object:
      return objects_.insert(operation.handle) ? Breach::none : Breach::handle_live;
    case HandleRole::live_object:
      return objects_.erase(operation.handle) ? Breach::none : Breach::handle_dead;
    case HandleRole::goroutine:
      (void)stacks_.insert(operation.handle);
      return Breach::none;
    case HandleRole::live_stack:
      return stacks_.erase(operation.handle) ? Breach::none : Breach::stack_absent;
  }
  return Breach::malformed;
}

std::optional<std::size_t> first_breach(const Trace& trace) {
  TraceRules rules(trace.procs);
  const auto found = std::ranges::find_if(trace.operations, [&](const Operation& operation) {
    return rules.follow(operation) != Breach::none;
  });
  if (found == trace.operations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - trace.operations.begin());
}

void remove_breaches(Trace& trace) {
  TraceRules rules(trace.procs);
  std::erase_if(trace.operations, [&](const Operation& operation) {
    return rules.follow(operation) != Breach::none;
  });
}

}  // namespace heaplaw
