// The book of laws on what real programs print: lines of traces, profiles, and figures of a
// snapshot that only dumps have. Laws on MemStats itself are those on heaps; which of them a dump's
// fields suffice for is said here, too.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "oracle/laws/heap_laws.h"
#include "oracle/laws/law.h"
#include "vocabulary/gc_trace.h"
#include "vocabulary/profile_counts.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::oracle {

// The figure that a law judges.
struct DumpSpot {
  std::string_view field;
};
using DumpFindings = Findings<DumpSpot>;
template <typename Subject>
using DumpLaw = Law<Subject, DumpSpot>;

// Two lines of one process, the second numbered next.
struct GcStep {
  const GcLine& before;
  const GcLine& now;
};
struct OldGcStep {
  const OldGcLine& before;
  const OldGcLine& now;
};

struct ProfileTotals {
  ProfileCounts header;
  ProfileCounts sum;  // of all records
  std::int64_t twice_rate = 0;
  // From 1.20 on an all_bytes that would equal live_bytes is printed one larger (formats, 1).
  ReleaseSpan releases;
};

[[nodiscard]] std::span<const DumpLaw<GcLine>> laws_of_gc_lines();
[[nodiscard]] std::span<const DumpLaw<GcStep>> laws_of_gc_steps();
// All of them at once, see judge_all.
[[nodiscard]] std::uint32_t judge_gc_line(const GcLine& line, DumpFindings& findings);
[[nodiscard]] std::uint32_t judge_gc_step(const GcStep& step, DumpFindings& findings);
[[nodiscard]] std::span<const DumpLaw<OldGcLine>> laws_of_old_gc_lines();
[[nodiscard]] std::span<const DumpLaw<OldGcStep>> laws_of_old_gc_steps();
[[nodiscard]] std::span<const DumpLaw<ScvgLine>> laws_of_scvg_lines();
[[nodiscard]] std::span<const DumpLaw<ScavLine>> laws_of_scav_lines();
[[nodiscard]] std::span<const DumpLaw<Snapshot>> laws_of_snapshots();
[[nodiscard]] std::span<const DumpLaw<ProfileCounts>> laws_of_profile_records();
[[nodiscard]] std::span<const DumpLaw<ProfileTotals>> laws_of_profiles();

// A chapter for the book: `heaplaw laws` and docs/laws.md.
struct DumpChapter {
  std::string_view title;
  std::vector<const LawText*> laws;
};
[[nodiscard]] std::span<const DumpChapter> dump_chapters();

// A law on heaps that needs nothing but figures which programs print.
struct SnapshotUse {
  const HeapLaw* law;
  FieldSet needs;
  bool two = false;  // the figures of an earlier snapshot, too
  // Holds only of figures that were read at one moment: those of runtime/metrics are gathered while
  // the program runs, so that breaking it is no fault there (MS-27, golang/go#67019).
  bool at_one_moment = false;
};
[[nodiscard]] std::span<const SnapshotUse> snapshot_uses();

}  // namespace heaplaw::oracle
