// Where the bytes of the page heap are, as Go's running counters have them (section 12 of the heap
// spec). Every page that the heap has grown to is in exactly one of these.
#pragma once

#include <cstdint>

#include "model/spans/span.h"

namespace heaplaw::model {

struct Ledger {
  std::uint64_t in_use = 0;    // object spans
  std::uint64_t free = 0;      // backed by the operating system
  std::uint64_t released = 0;  // given back to it, or never touched
  std::uint64_t stacks = 0;
  std::uint64_t work_buffers = 0;
  std::uint64_t other = 0;  // what a recorded start took before the history begins

  bool operator==(const Ledger&) const = default;

  [[nodiscard]] std::uint64_t mapped() const {
    return in_use + free + released + stacks + work_buffers + other;
  }
  // What the scavenger holds against its goal.
  [[nodiscard]] std::uint64_t retained() const { return in_use + free; }

  [[nodiscard]] std::uint64_t& account_of(SpanUse use);

  // A span of n bytes, some of which were scavenged.
  void take(SpanUse use, std::uint64_t bytes, std::uint64_t scavenged);
  void give_back(SpanUse use, std::uint64_t bytes);
  void scavenge(std::uint64_t bytes);
};

}  // namespace heaplaw::model
