#include "cli/audit/auditor.h"

#include <algorithm>

#include <fmt/format.h>

#include "evidence/gc_trace.h"
#include "oracle/laws/release_range.h"

namespace heaplaw::cli {

namespace {

using evidence::Shape;
using oracle::Strength;

constexpr std::size_t violations_shown = 10;
constexpr std::size_t refused_shown = 20;
constexpr std::size_t foreign_shown = 3;

// The laws of all chapters in one list; each group begins where the one before ended.
struct Groups {
  std::size_t snapshots, records, profiles, gc, gc_steps, old_gc, old_gc_steps, scvg, scav, uses;
};
template <typename Laws>
std::size_t append(std::vector<LawResult>& out, const Laws& laws) {
  const std::size_t first = out.size();
  for (const auto& law : laws) out.push_back({.law = &law.text});
  return first;
}
Groups append_all(std::vector<LawResult>& out) {
  Groups g{};
  g.snapshots = append(out, oracle::laws_of_snapshots());
  g.records = append(out, oracle::laws_of_profile_records());
  g.profiles = append(out, oracle::laws_of_profiles());
  g.gc = append(out, oracle::laws_of_gc_lines());
  g.gc_steps = append(out, oracle::laws_of_gc_steps());
  g.old_gc = append(out, oracle::laws_of_old_gc_lines());
  g.old_gc_steps = append(out, oracle::laws_of_old_gc_steps());
  g.scvg = append(out, oracle::laws_of_scvg_lines());
  g.scav = append(out, oracle::laws_of_scav_lines());
  g.uses = out.size();
  for (const oracle::SnapshotUse& use : oracle::snapshot_uses()) {
    out.push_back({.law = &use.law->text});
  }
  return g;
}
const Groups& groups() {
  static const Groups all = [] {
    std::vector<LawResult> scratch;
    return append_all(scratch);
  }();
  return all;
}

// What laws on heaps know of a dump: the release's figures, and no history.
const oracle::HeapSetting& setting_of(unsigned minor) {
  static const std::vector<oracle::HeapSetting> settings = [] {
    std::vector<oracle::HeapSetting> all;
    for (unsigned m = 0; m <= newest_release.minor(); ++m) {
      all.push_back(oracle::HeapSetting::of(Release{m}, 1));
      all.back().starts_empty = false;
    }
    return all;
  }();
  return settings[minor];
}

static_assert(newest_release.minor() < 31, "a bit for each release line");
std::uint32_t bits_of(const ReleaseSpan& releases) {
  return (std::uint32_t{2} << releases.last) - (std::uint32_t{1} << releases.first);
}

std::size_t figures_of(const Snapshot& s) {
  return s.has.size() + s.pause_ns.size() + s.pause_end.size() + (s.gc_cpu_fraction ? 1U : 0U) +
         (s.max_rss ? 1U : 0U);
}

}  // namespace

bool LawResult::fails() const { return law->strength != Strength::advisory && violated > excused; }

Auditor::Auditor() : gc_form_(&form("gctrace")) {
  append_all(laws_);
  for (const oracle::SnapshotUse& use : oracle::snapshot_uses()) {
    std::uint32_t& holds_in = uses_.emplace_back().holds_in;
    for (unsigned minor = 0; minor <= newest_release.minor(); ++minor) {
      const bool holds = oracle::covers(use.law->text.releases, Release{minor});
      holds_in |= std::uint32_t{holds} << minor;
    }
  }
}

template <typename Subject>
void Auditor::judge(std::size_t first, std::span<const oracle::DumpLaw<Subject>> laws,
                    const Subject& subject, std::size_t line) {
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const std::size_t compared = findings_.comparisons();
    findings_.begin(laws[i].text);
    laws[i].judge(subject, findings_);
    laws_[first + i].evaluated += findings_.comparisons() != compared;
  }
  keep_findings(first, line);
}

void Auditor::count(std::size_t first, std::uint32_t judged, std::size_t line) {
  for (std::size_t i = first; judged != 0; ++i, judged >>= 1U) laws_[i].evaluated += judged & 1U;
  keep_findings(first, line);
}

void Auditor::keep_findings(std::size_t first, std::size_t line) {
  if (findings_.total() == 0) [[likely]]
    return;
  LawResult* result = &laws_[first];
  for (const auto& f : findings_.kept()) {
    while (result->law != f.law) ++result;
    add_violation(*result, {line, {}, std::string(f.spot.field), f.found, f.expected});
  }
  findings_ = {};
}

void Auditor::on_gc(std::size_t line, Shape shape, const GcLine& now, const GcLine* before) {
  found(*gc_form_, shape, now.form <= GcLine::Form::five_phases ? 20 : 15,
        evidence::releases_of(now));
  count(groups().gc, oracle::judge_gc_line(now, findings_), line);
  if (before) count(groups().gc_steps, oracle::judge_gc_step({*before, now}, findings_), line);
}

void Auditor::on_old_gc(std::size_t line, Shape shape, const OldGcLine& now,
                        const OldGcLine* before) {
  found(form("gctrace of the C runtime"), shape, 18, evidence::releases_of(now));
  judge(groups().old_gc, oracle::laws_of_old_gc_lines(), now, line);
  if (before) judge(groups().old_gc_steps, oracle::laws_of_old_gc_steps(), {*before, now}, line);
}

void Auditor::on_scvg(std::size_t line, Shape shape, const ScvgLine& now) {
  found(form("scvg"), shape, now.what == ScvgLine::What::heap ? 5 : 1, evidence::releases_of(now));
  judge(groups().scvg, oracle::laws_of_scvg_lines(), now, line);
}

void Auditor::on_scav(std::size_t line, Shape shape, const ScavLine& now) {
  found(form("scavtrace"), shape, 3, evidence::releases_of(now));
  judge(groups().scav, oracle::laws_of_scav_lines(), now, line);
}

void Auditor::on_gc_forced(std::size_t, Shape shape) {
  found(form("GC forced"), shape, 0, ReleaseSpan::since(4));
}

void Auditor::on_snapshot(const evidence::SnapshotOrigin& origin, const Snapshot& now,
                          const Snapshot* before) {
  found(form(origin.form), origin.shape, figures_of(now), origin.releases);
  judge(groups().snapshots, oracle::laws_of_snapshots(), now, origin.line);
  for (std::size_t use = 0; use < uses_.size(); ++use) judge_use(use, origin, now, before);
}

void Auditor::judge_use(std::size_t number, const evidence::SnapshotOrigin& origin,
                        const Snapshot& now, const Snapshot* before) {
  const oracle::SnapshotUse& use = oracle::snapshot_uses()[number];
  LawResult& result = laws_[groups().uses + number];
  if (use.two && !before) return;
  if (!now.has.covers(use.needs) || (use.two && !before->has.covers(use.needs))) {
    const FieldSet& has = now.has.covers(use.needs) ? before->has : now.has;
    const FieldSet lacks = use.needs.without(has);
    Use& last = uses_[number];
    if (!last.lacked || !(last.lacks == lacks)) {
      last.lacks = lacks;
      last.lacked = &result.unchecked["lacks " + lacks.names()];
    }
    ++*last.lacked;
    return;
  }
  const ReleaseSpan releases = origin.releases.empty() ? ReleaseSpan{} : origin.releases;
  const std::uint32_t asked = bits_of(releases);
  const std::uint32_t covered = asked & uses_[number].holds_in;
  const std::string_view of = use.law->text.releases;
  if (covered == 0) {
    ++result.unchecked[fmt::format("holds in Go {}, this is of {}", of, to_string(releases))];
    return;
  }
  const oracle::HeapMoment moment{.setting = &setting_of(releases.last),
                                  .now = &now.stats,
                                  .before = use.two ? &before->stats : nullptr};
  oracle::HeapFindings findings;
  use.law->judge(moment, findings);
  if (findings.total() > 0 && covered != asked) {
    ++result.unchecked[fmt::format("is broken, but this may be of another release than {}", of)];
    return;
  }
  result.evaluated += findings.comparisons() > 0;
  for (const auto& f : findings.kept()) {
    if (use.at_one_moment && !now.stopped_world) ++result.excused;
    add_violation(result,
                  {origin.line, origin.process, std::string(f.spot.field), f.found, f.expected});
  }
}

void Auditor::on_record(std::size_t line, const ProfileCounts& counts) {
  judge(groups().records, oracle::laws_of_profile_records(), counts, line);
}

void Auditor::on_profile(std::size_t line, Shape shape, const evidence::ProfileHeader& header,
                         const ProfileCounts& sum, bool whole) {
  found(form("heap profile records"), shape, 5, {});
  if (whole) {
    judge(groups().profiles, oracle::laws_of_profiles(),
          {header.total, sum, header.twice_rate, ReleaseSpan{}}, line);
    return;
  }
  ++laws_[groups().profiles].unchecked["some of the records are left out"];
}

void Auditor::on_refused(std::size_t line, std::string_view why) {
  if (++refused_count_ <= refused_shown) refused_.push_back({line, std::string(why)});
}

void Auditor::on_foreign(std::size_t line, std::string_view text) {
  if (++foreign_count_ <= foreign_shown) foreign_.push_back({line, quote(text)});
}

std::uint64_t Auditor::evaluations() const {
  std::uint64_t sum = 0;
  for (const LawResult& result : laws_) sum += result.evaluated;
  return sum;
}

bool Auditor::fails() const { return std::ranges::any_of(laws_, &LawResult::fails); }

void Auditor::add_violation(LawResult& result, Violation&& violation) {
  if (++result.violated <= violations_shown) result.violations.push_back(std::move(violation));
}

FormFound& Auditor::form(std::string_view name) {
  const auto at = forms_.find(name);
  return at != forms_.end() ? at->second : forms_[std::string(name)];
}

void Auditor::found(FormFound& form, Shape shape, std::size_t fields, const ReleaseSpan& releases) {
  ++form.count;
  form.mended += shape == Shape::mended;
  form.fields += fields;
  form.releases = form.releases.intersected(releases);
}

}  // namespace heaplaw::cli
