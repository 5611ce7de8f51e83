// What makes a list of operations a history: no live handle is allocated again, only what lives is
// dropped. Parsers, generators and shrinkers ask the same rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "vocabulary/handle_set.h"
#include "vocabulary/operation.h"

namespace heaplaw {

struct Trace;

enum class Breach : std::uint8_t {
  none,
  malformed,     // an operand that its kind does not allow
  handle_live,   // allocated while an object of that name lives
  handle_dead,   // dropped without a live object of that name
  stack_absent,  // freed without a stack
};
[[nodiscard]] std::string_view describe(Breach breach);

class TraceRules {
 public:
  explicit TraceRules(unsigned procs) : procs_(procs) {}

  // Takes the operation into account if it breaks no rule, else changes nothing.
  [[nodiscard]] Breach follow(const Operation& operation);
  // The same for an operation known to be well-formed, as one just parsed is.
  [[nodiscard]] Breach follow_well_formed(const Operation& operation);

  [[nodiscard]] const HandleSet& live_objects() const { return objects_; }
  [[nodiscard]] const HandleSet& live_stacks() const { return stacks_; }

 private:
  unsigned procs_;
  HandleSet objects_;
  HandleSet stacks_;
};

// The index of the first operation that breaks a rule.
[[nodiscard]] std::optional<std::size_t> first_breach(const Trace& trace);

// Leaves out every operation that breaks a rule after those before it were left out: what remains
// of a trace after a shrinker or a cross-over cut pieces from it.
void remove_breaches(Trace& trace);

}  // namespace heaplaw
