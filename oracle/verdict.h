// What a judge found, and how much it really compared: a judge that compared nothing proves
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vocabulary/divergence.h"

namespace heaplaw::oracle {

struct JudgeCounts {
  std::uint64_t operations = 0;
  std::uint64_t answers = 0;    // observations compared between subjects
  std::uint64_t addresses = 0;  // of those, addresses of objects
  std::uint64_t snapshots = 0;  // compared between subjects
  std::uint64_t fields = 0;     // of those
  std::uint64_t page_maps = 0;  // compared between subjects
  std::uint64_t invariants = 0;
  std::uint64_t findings = 0;                  // of advisory laws: legal, and worth knowing
  std::vector<std::uint64_t> law_evaluations;  // in the order of heap_laws()

  JudgeCounts& operator+=(const JudgeCounts& other);
  [[nodiscard]] std::uint64_t all_law_evaluations() const;
};

struct Verdict {
  std::optional<Divergence> divergence;
  JudgeCounts counts;
  // What should have been compared and never was, in words.
  std::vector<std::string> unproved;

  [[nodiscard]] bool holds() const { return !divergence && unproved.empty(); }
};

}  // namespace heaplaw::oracle
