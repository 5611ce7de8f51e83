// Reads any text for what it tells of Go's memory, as people have it: logs of several processes,
// pages, excerpts, with other things around. Strict lines are taken as they are; others are mended
// as far as no number is touched; what stays is reported as left out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/evidence_block.h"
#include "evidence/evidence_sink.h"
#include "evidence/loose_fields.h"
#include "evidence/numbered_streams.h"
#include "evidence/scrapes.h"

namespace heaplaw::evidence {

class EvidenceReader {
 public:
  explicit EvidenceReader(EvidenceSink& sink);

  // Pieces of one text in their order, each of whole lines.
  void take(const EvidenceBlock& block);
  // Only the last piece may end within a line.
  void finish();

  [[nodiscard]] std::size_t lines() const { return line_; }
  [[nodiscard]] std::size_t other_metrics() const { return other_metrics_; }
  // Processes that wrote gctrace lines, as far as their numbers tell.
  [[nodiscard]] std::uint64_t traced() const { return gcs_.begun() + old_gcs_.begun(); }

 private:
  struct Profile {
    std::size_t line = 0;
    ProfileHeader header;
    ProfileCounts sum;
    Shape shape = Shape::strict;
    bool whole = true;
  };

  void take_other(std::string_view text, bool cut);
  bool take_trace(std::string_view text, Shape shape);
  template <typename Line>
  bool take_trace_as(std::string_view text, Shape shape);
  void take(const GcLine& line, Shape shape);
  void take(const OldGcLine& line, Shape shape);
  void take(const ScvgLine& line, Shape shape) { sink_.on_scvg(line_, shape, line); }
  void take(const ScavLine& line, Shape shape) { sink_.on_scav(line_, shape, line); }
  bool take_split_gc(std::string_view text);
  bool take_after_prefix(std::string_view text);
  bool take_profile(std::string_view text, Shape shape);
  bool take_section_line(std::string_view text, Shape shape);
  bool take_value(std::string_view text);
  bool take_sample(std::string_view text);
  bool take_fields(std::string_view text, bool cut);
  void end_profile();
  void end_section();
  void take_snapshot(std::string_view form, Shape shape, std::size_t line, Snapshot&& snapshot,
                     const ReleaseSpan& releases);
  bool is_broken(std::string_view text);

  EvidenceSink& sink_;
  Scrapes scrapes_;
  LooseFields loose_;
  NumberedStreams<GcLine> gcs_;
  NumberedStreams<OldGcLine> old_gcs_;
  std::optional<Profile> profile_;
  std::optional<Snapshot> section_;  // of the profile
  std::size_t section_line_ = 0;
  Shape section_shape_ = Shape::strict;
  std::optional<Snapshot> before_;  // the last snapshot that is no scrape
  std::size_t loose_line_ = 0;      // where the loose fields begin
  std::string split_gc_;            // the head of a gc line that something broke into
  std::string mended_;
  std::size_t line_ = 0;
  std::size_t other_metrics_ = 0;
};

// A whole text, or a file of any size in constant memory; see evidence_blocks.h for files.
void read_evidence(std::string_view text, EvidenceSink& sink);

}  // namespace heaplaw::evidence
