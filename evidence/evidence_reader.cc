#include "evidence/evidence_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/gc_trace.h"
#include "evidence/mem_stats_section.h"
#include "evidence/mem_stats_value.h"
#include "evidence/pasted_line.h"
#include "evidence/profile_lines.h"

namespace heaplaw::evidence {

namespace {

Follows gc_follows(const GcLine& before, const GcLine& now) {
  const ReleaseSpan both = releases_of(before).intersected(releases_of(now));
  if (both.empty()) return Follows::no;
  return now.at_ms >= before.at_ms ? Follows::yes : Follows::doubtful;
}
// If both counters fell it is another process; if one did, it is a fault.
Follows old_gc_follows(const OldGcLine& before, const OldGcLine& now) {
  const bool mallocs_fell = now.mallocs < before.mallocs;
  const bool frees_fell = now.frees < before.frees;
  if (now.form != before.form || (mallocs_fell && frees_fell)) return Follows::no;
  return mallocs_fell || frees_fell ? Follows::doubtful : Follows::yes;
}

// A brace or a comma of pretty-printed JSON, a rule of dashes.
bool says_nothing(std::string_view line) {
  return std::ranges::none_of(line, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

// "#	0x41dd4e	main.f+0xee", tabs or blanks; a frame tells nothing of sums.
bool is_frame(std::string_view line) {
  if (!line.starts_with('#')) return false;
  const std::size_t at = line.find_first_not_of(" \t", 1);
  return at != line.npos && line.substr(at).starts_with("0x");
}

void add(ProfileCounts& sum, const ProfileCounts& record) {
  for (const auto member : {&ProfileCounts::live_objects, &ProfileCounts::live_bytes,
                            &ProfileCounts::all_objects, &ProfileCounts::all_bytes}) {
    (void)__builtin_add_overflow(sum.*member, record.*member, &(sum.*member));
  }
}

}  // namespace

EvidenceReader::EvidenceReader(EvidenceSink& sink)
    : sink_(sink),
      scrapes_(sink),
      loose_([this](Snapshot&& snapshot) {
        take_snapshot("fields by name", Shape::mended, loose_line_, std::move(snapshot), {});
        loose_line_ = line_;
      }),
      gcs_(gc_follows),
      old_gcs_(old_gc_follows) {}

void EvidenceReader::take(const EvidenceBlock& block) {
  const std::size_t first = line_;
  for (const LineEvent& event : block.events()) {
    line_ = first + event.line + 1;
    switch (event.kind) {
      case LineEvent::Kind::gc:
        take(block.gc(event), Shape::strict);
        break;
      case LineEvent::Kind::sample:
        scrapes_.take(line_, block.sample(event));
        break;
      case LineEvent::Kind::other: {
        const bool last = event.line + 1 == block.lines();
        take_other(block.other(event), last && !block.last_line_ended());
        break;
      }
    }
  }
  line_ = first + block.lines();
  other_metrics_ += block.other_metrics();
}

void EvidenceReader::finish() {
  end_profile();
  end_section();
  loose_.finish();
  scrapes_.finish();
}

void EvidenceReader::take(const GcLine& line, Shape shape) {
  sink_.on_gc(line_, shape, line, gcs_.take(line));
}

void EvidenceReader::take(const OldGcLine& line, Shape shape) {
  sink_.on_old_gc(line_, shape, line, old_gcs_.take(line));
}

// As it stands, or mended; what tells least is tried last.
void EvidenceReader::take_other(std::string_view text, bool cut) {
  if (take_trace(text, Shape::strict) || take_profile(text, Shape::strict)) return;
  mend_line(text, mended_);
  const std::string_view line = mended_;
  if (line.empty()) return;
  if (take_trace(line, Shape::mended) || take_profile(line, Shape::mended) || take_value(line) ||
      take_sample(line) || take_split_gc(line) || take_after_prefix(line) || is_broken(line) ||
      take_fields(line, cut)) {
    return;
  }
  const bool elided = line.find_first_not_of('.') == line.npos;
  if (says_nothing(line) && !elided) return;
  if (profile_) profile_->whole = false;
  sink_.on_foreign(line_, line);
}

template <typename Line>
bool EvidenceReader::take_trace_as(std::string_view text, Shape shape) {
  LineScanner scanner(text);
  Line line;
  if (!match(scanner, line)) return false;
  take(line, shape);
  return true;
}

bool EvidenceReader::take_trace(std::string_view text, Shape shape) {
  if (text.empty()) return false;
  switch (text[0]) {
    case 'g':
      return take_trace_as<GcLine>(text, shape) || take_trace_as<OldGcLine>(text, shape);
    case 'f':
    case 's':
      return take_trace_as<ScvgLine>(text, shape) || take_trace_as<ScavLine>(text, shape);
    case 'G':
      if (text != gc_forced_line) return false;
      sink_.on_gc_forced(line_, shape);
      return true;
    default:
      return false;
  }
}

// Another writer's bytes may come between the parts of a gc line: its head then ends in ": ", and
// the rest begins a line of its own (formats, 4.1).
bool EvidenceReader::take_split_gc(std::string_view text) {
  if (!split_gc_.empty()) {
    const std::string joined = std::exchange(split_gc_, {}) + std::string(text);
    LineScanner scanner(joined);
    GcLine line;
    if (match(scanner, line)) {
      take(line, Shape::mended);
      return true;
    }
    if (!text.starts_with("gc ")) split_gc_ = joined.substr(0, joined.size() - text.size());
  }
  if (!text.starts_with("gc ")) return false;
  LineScanner scanner(text);
  GcLine line;
  (void)match(scanner, line);
  const std::size_t head = text.find("%: ");
  if (head == text.npos || scanner.offset() < head + 3) return false;
  split_gc_ = text.substr(0, head + 3);
  return false;
}

bool EvidenceReader::take_after_prefix(std::string_view text) {
  constexpr std::size_t tries_max = 8;
  std::size_t at = find_trace_word(text, 1);
  for (std::size_t tries = 0; at != text.npos && tries < tries_max; ++tries) {
    if (take_trace(text.substr(at), Shape::mended)) return true;
    at = find_trace_word(text, at + 1);
  }
  return false;
}

bool EvidenceReader::take_profile(std::string_view text, Shape shape) {
  if (text.empty()) return true;
  if (text.starts_with("heap profile:")) {
    end_profile();
    end_section();
    Profile profile{.line = line_, .shape = shape};
    LineScanner scanner(text);
    if (is_foreign_profile_header(text)) {
      sink_.on_refused(line_, "a heap profile of another tool than Go's");
      return true;
    }
    if (!match_profile_header(scanner, profile.header)) return false;
    profile_ = profile;
    sink_.on_profile_begin(line_, profile.header);
    return true;
  }
  if (text == mem_stats_heading) {
    end_profile();
    end_section();
    section_.emplace();
    section_line_ = line_;
    section_shape_ = shape;
    return true;
  }
  if (is_frame(text)) return true;
  if (text.starts_with("# ")) return take_section_line(text, shape);
  if (!profile_) return false;
  ProfileRecord record;
  LineScanner scanner(text);
  if (!match_profile_record(scanner, record)) return false;
  add(profile_->sum, record.counts);
  if (shape == Shape::mended) profile_->shape = shape;
  sink_.on_record(line_, record.counts);
  return true;
}

bool EvidenceReader::take_section_line(std::string_view text, Shape shape) {
  Snapshot one;
  LineScanner scanner(text);
  const SectionLine found = match_section_line(scanner, one);
  if (!found.key && !found.broken) return false;
  if (!found.key || !scanner.end()) {
    if (shape == Shape::strict) return false;
    sink_.on_refused(line_, "a line of MemStats that is cut or changed");
    return true;
  }
  end_profile();
  if (section_ && has_key(*section_, *found.key)) end_section();
  if (!section_) {
    section_.emplace();
    section_line_ = line_;
    section_shape_ = Shape::mended;
  }
  LineScanner again(text);
  (void)match_section_line(again, *section_);
  if (shape == Shape::mended) section_shape_ = shape;
  return true;
}

// The whole value may stand behind a prefix or a name: "memstats": {"Alloc":...
bool EvidenceReader::take_value(std::string_view text) {
  constexpr std::array<std::string_view, 4> begins = {"{\"Alloc\":", "{Alloc:", "runtime.MemStats{",
                                                      "{"};
  for (const std::string_view begin : begins) {
    std::size_t at = text.find(begin);
    if (at == text.npos || (begin.size() == 1 && text.size() < 1000)) continue;
    if (at > 0 && text[at - 1] == '&') --at;  // of a pointer
    LineScanner scanner(text.substr(at));
    MemStatsValue value;
    if (!match(scanner, value)) continue;
    const bool alone = at == 0 && scanner.left() == 0;
    const bool expvar = text.substr(0, at).find("\"memstats\"") != text.npos;
    take_snapshot(expvar ? "expvar" : name_of(value.form), alone ? Shape::strict : Shape::mended,
                  line_, std::move(value.snapshot), value.releases);
    return true;
  }
  return false;
}

bool EvidenceReader::take_sample(std::string_view text) {
  RuntimeMetricLine metric;
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    LineScanner scanner(text.substr(slash));
    if (match(scanner, metric) && runtime_metric_named(metric.name)) {
      scrapes_.take(line_, metric);
      return true;
    }
  }
  PrometheusSample sample;
  LineScanner scanner(text);
  if (!match(scanner, sample)) return false;
  const NamedMetric named = metric_named(sample.name);
  if (!named.metric) return false;
  scrapes_.take(line_, {named.metric, named.prefix, sample.labels, sample.value});
  return true;
}

bool EvidenceReader::take_fields(std::string_view text, bool cut) {
  loose_.forget_refused();
  if (!loose_.begun()) loose_line_ = line_;
  const std::size_t found = loose_.read(text, cut);
  for (const std::string& why : loose_.refused()) sink_.on_refused(line_, why);
  return found > 0;
}

// Lines that begin as one of a trace and then are none.
bool EvidenceReader::is_broken(std::string_view text) {
  const bool gc = text.starts_with("gc ") && text.find(" @") < 24;
  const bool scavenger = text.starts_with("scvg") || text.starts_with("scav ");
  if (!gc && !scavenger) return false;
  sink_.on_refused(line_, "a line of a trace that is cut or changed");
  return true;
}

void EvidenceReader::end_profile() {
  if (!profile_) return;
  const Profile done = *std::exchange(profile_, std::nullopt);
  sink_.on_profile(done.line, done.shape, done.header, done.sum, done.whole);
}

void EvidenceReader::end_section() {
  if (!section_) return;
  Snapshot done = *std::exchange(section_, std::nullopt);
  const ReleaseSpan releases = releases_of_section(done);
  if (!done.has.empty()) {
    take_snapshot("heap profile", section_shape_, section_line_, std::move(done), releases);
  }
}

void EvidenceReader::take_snapshot(std::string_view form, Shape shape, std::size_t line,
                                   Snapshot&& snapshot, const ReleaseSpan& releases) {
  const SnapshotOrigin origin{.form = form,
                              .shape = shape,
                              .line = line,
                              .process = {},
                              .releases = releases.intersected(releases_of(snapshot))};
  const bool anew = before_ && began_anew(*before_, snapshot);
  sink_.on_snapshot(origin, snapshot, before_ && !anew ? &*before_ : nullptr);
  before_ = std::move(snapshot);
}

void read_evidence(std::string_view text, EvidenceSink& sink) {
  EvidenceBlock block;
  block.scan(text);
  EvidenceReader reader(sink);
  reader.take(block);
  reader.finish();
}

}  // namespace heaplaw::evidence
