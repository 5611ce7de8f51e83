// What a history says by itself, whoever lives through it: settings, live objects, how much was
// allocated. Laws hold subjects to it.
#pragma once

#include <cstdint>
#include <optional>

#include "oracle/laws/live_objects.h"
#include "vocabulary/operation.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

struct HeapLedger {
  std::uint64_t gc_percent = 100;          // or value_off
  std::uint64_t memory_limit = value_off;  // bytes
  std::uint64_t mallocs = 0;               // requests that Mallocs counts: empty ones take nothing
  std::uint64_t tiny_live = 0;             // of the live objects, those that may share a block
  std::uint64_t live_bytes = 0;            // as asked for
  std::uint64_t reserve_faults = 0;        // orders against a reservation of address space
  LiveObjects objects;
  std::optional<Operation> last;      // operation that was followed
  std::optional<Operation> previous;  // the latest before it that did not fail
  Answer answer = Answer::nothing;    // to the last

  void follow(const Operation& operation, const Observation& observation);

  [[nodiscard]] bool last_was(OperationKind kind) const { return last && last->kind == kind; }
  [[nodiscard]] bool previous_was(OperationKind kind) const {
    return previous && previous->kind == kind;
  }
  // The last one left everything as it was.
  [[nodiscard]] bool failed() const {
    return answer == Answer::out_of_memory || answer == Answer::refused;
  }
  [[nodiscard]] bool has_percent() const { return gc_percent != value_off; }
  [[nodiscard]] bool has_limit() const { return memory_limit != value_off; }
};

// Pointer-free objects below this share blocks of tiny_block bytes.
[[nodiscard]] inline bool is_tiny(const LiveObject& object) {
  return !object.scan && object.size < 16;
}

}  // namespace heaplaw::oracle
