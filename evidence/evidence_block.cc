#include "evidence/evidence_block.h"

#include "evidence/gc_trace.h"

namespace heaplaw::evidence {

void EvidenceBlock::scan(std::string_view text) {
  events_.clear();
  gc_count_ = 0;
  samples_.clear();
  others_.clear();
  lines_ = other_metrics_ = 0;
  last_line_ended_ = true;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    last_line_ended_ = newline != text.npos;
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(last_line_ended_ ? newline + 1 : text.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    scan_line(line);
    ++lines_;
  }
}

void EvidenceBlock::scan_line(std::string_view line) {
  if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) {
    ++other_metrics_;
    return;
  }
  // Fields of MemStats begin with a capital, metrics do not.
  const char first = line.empty() ? '\0' : line[0];
  if (line.starts_with("gc ")) {
    if (scan_gc(line)) return;
  } else if (first >= 'a' && first <= 'z') {
    if (scan_sample(line)) return;
  }
  add(LineEvent::Kind::other, others_.size());
  others_.push_back(line);
}

bool EvidenceBlock::scan_gc(std::string_view line) {
  if (gc_count_ == gcs_.size()) gcs_.emplace_back();
  GcLine& gc = gcs_[gc_count_];
  if (!last_line_ended_ || !match_quickly(line, gc)) {
    LineScanner scanner(line);
    gc = {};
    if (!match(scanner, gc)) return false;
  }
  add(LineEvent::Kind::gc, gc_count_++);
  return true;
}

bool EvidenceBlock::scan_sample(std::string_view line) {
  LineScanner scanner(line);
  PrometheusSample sample;
  NamedMetric named{.metric = metric_after(last_metric_, line), .prefix = {}};
  if (named.metric) {
    if (!match_named(scanner, named.metric->name, sample)) return false;
  } else {
    if (!match(scanner, sample)) return false;
    named = metric_named(sample.name);
  }
  if (!named.metric) {
    ++other_metrics_;
    return true;
  }
  last_metric_ = named.metric;
  add(LineEvent::Kind::sample, samples_.size());
  samples_.push_back({named.metric, named.prefix, sample.labels, sample.value});
  return true;
}

void EvidenceBlock::add(LineEvent::Kind kind, std::size_t index) {
  events_.push_back({kind, static_cast<std::uint32_t>(lines_), static_cast<std::uint32_t>(index)});
}

}  // namespace heaplaw::evidence
