// The first, fast look at a piece of a text: lines that are strictly of a common kind are read, and
// nothing is said about the rest. Pieces can be looked at in parallel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/prometheus.h"
#include "vocabulary/gc_trace.h"

namespace heaplaw::evidence {

struct SampleEvent {
  const Metric* metric = nullptr;
  std::string_view prefix;
  std::string_view labels;
  SampleValue value;
};

struct LineEvent {
  enum class Kind : std::uint8_t { gc, sample, other };
  Kind kind = Kind::other;
  std::uint32_t line = 0;   // in the piece, from 0
  std::uint32_t index = 0;  // among its kind, in the piece
};

class EvidenceBlock {
 public:
  // The text must outlive what is made of it, and holds less than 4 GiB. Every line has an end, but
  // perhaps the last one.
  void scan(std::string_view text);

  [[nodiscard]] const std::vector<LineEvent>& events() const { return events_; }
  [[nodiscard]] const GcLine& gc(const LineEvent& event) const { return gcs_[event.index]; }
  [[nodiscard]] const SampleEvent& sample(const LineEvent& event) const {
    return samples_[event.index];
  }
  // Without its end.
  [[nodiscard]] std::string_view other(const LineEvent& event) const {
    return others_[event.index];
  }
  [[nodiscard]] std::size_t lines() const { return lines_; }
  // Lines of an exposition that are not about Go's memory.
  [[nodiscard]] std::size_t other_metrics() const { return other_metrics_; }
  [[nodiscard]] bool last_line_ended() const { return last_line_ended_; }

 private:
  void scan_line(std::string_view line);
  bool scan_gc(std::string_view line);
  bool scan_sample(std::string_view line);
  void add(LineEvent::Kind kind, std::size_t index);

  std::vector<LineEvent> events_;
  std::vector<GcLine> gcs_;  // only ever grows: clearing each anew takes longer than reading it
  std::size_t gc_count_ = 0;
  std::vector<SampleEvent> samples_;
  std::vector<std::string_view> others_;
  std::size_t lines_ = 0;
  std::size_t other_metrics_ = 0;
  bool last_line_ended_ = true;
  const Metric* last_metric_ = nullptr;
};

}  // namespace heaplaw::evidence
