// Who listens to what a text tells: one call for each thing found, in the order of the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "evidence/heap_profile.h"
#include "vocabulary/gc_trace.h"
#include "vocabulary/profile_counts.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

// Whether a line stood there as a program prints it, or had to be mended first.
enum class Shape : unsigned char { strict, mended };

struct SnapshotOrigin {
  std::string_view form;  // "JSON", "heap profile", "Prometheus"
  Shape shape = Shape::strict;
  std::size_t line = 0;  // where it begins
  std::string process;   // labels that tell several apart; empty where there is one
  ReleaseSpan releases;
};

class EvidenceSink {
 public:
  EvidenceSink() = default;
  EvidenceSink(const EvidenceSink&) = delete;
  EvidenceSink& operator=(const EvidenceSink&) = delete;
  virtual ~EvidenceSink() = default;

  // `before` is the line of the same process that is numbered just below; null where there is none.
  virtual void on_gc(std::size_t line, Shape shape, const GcLine& now, const GcLine* before) = 0;
  virtual void on_old_gc(std::size_t line, Shape shape, const OldGcLine& now,
                         const OldGcLine* before) = 0;
  virtual void on_scvg(std::size_t line, Shape shape, const ScvgLine& now) = 0;
  virtual void on_scav(std::size_t line, Shape shape, const ScavLine& now) = 0;
  virtual void on_gc_forced(std::size_t line, Shape shape) = 0;
  // `before` is the snapshot of the same process that came before; null where there is none, or
  // where the process began anew.
  virtual void on_snapshot(const SnapshotOrigin& origin, const Snapshot& now,
                           const Snapshot* before) = 0;
  // Before its records.
  virtual void on_profile_begin(std::size_t /*line*/, const ProfileHeader& /*header*/) {}
  virtual void on_record(std::size_t line, const ProfileCounts& counts) = 0;
  // Behind the last record. Not whole where lines were left out, so that sums tell nothing.
  virtual void on_profile(std::size_t line, Shape shape, const ProfileHeader& header,
                          const ProfileCounts& sum, bool whole) = 0;
  // Something that is known but could not be taken, and why.
  virtual void on_refused(std::size_t line, std::string_view why) = 0;
  // A line that tells nothing known.
  virtual void on_foreign(std::size_t line, std::string_view text) = 0;
};

}  // namespace heaplaw::evidence
