// Where a process's memory is, from VIRT and RSS down to live bytes: every part with its size or
// its bounds, the rule behind it, and what would make it go away.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/explanation/bounds.h"
#include "evidence/explanation/observation.h"

namespace heaplaw::evidence {

enum class Part : std::uint8_t {
  virt,
  beyond_go,
  rss,
  resident,
  absent,
  outside,
  sys,
  returned,
  held,
  inuse,
  objects,
  live,
  garbage,
  rounding,
  unused,
  tails,
  free_slots,
  idle,
  stacks,
  os_stacks,
  span_records,
  cache_records,
  gc_metadata,
  buckets,
  other,
  untold,
};

// What makes a part smaller.
enum class Remedy : std::uint8_t {
  collection,
  free_os_memory,
  lower_gogc,
  limit,
  time,
  references,
  slot_sizes,
  reuse,
  goroutines,
  procs,
  profiling,
  outside_tools,
  nothing,
};
[[nodiscard]] std::string_view name_of(Remedy remedy);

struct PartText {
  Part part;
  std::string_view id;      // for scripts: "idle"
  std::string_view title;   // "idle, not returned"
  std::string_view rule;    // "HeapIdle - HeapReleased"
  std::string_view source;  // spec tag or article
  unsigned depth;           // 0: a whole; each further step is part of the line above it
  bool aside;               // another view of the line above, not one of the parts that make it up
  std::vector<Remedy> remedies;
};
// All parts, in the order of a ledger.
[[nodiscard]] std::span<const PartText> part_texts();
[[nodiscard]] const PartText& text_of(Part part);

struct LedgerLine {
  Part part;
  Bounds bytes;
  std::string note;  // what is special about it here; may be empty

  [[nodiscard]] const PartText& text() const { return text_of(part); }
};

struct Ledger {
  std::vector<LedgerLine> lines;  // in the order of part_texts(), without what is not known

  [[nodiscard]] const LedgerLine* find(Part part) const;
};

[[nodiscard]] Ledger ledger_of(const Observation& observation);

// Whether the parts of each line add up to it and no bound could be narrower without another
// figure; else which line does not.
[[nodiscard]] std::vector<std::string> faults_of(const Ledger& ledger);

}  // namespace heaplaw::evidence
