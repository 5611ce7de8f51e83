#include "oracle/judge.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle {

Judge::Judge(std::span<Subject* const> subjects, const Release& release, unsigned procs,
             const JudgeOptions& options)
    : options_(options),
      setting_(HeapSetting::of(release, procs)),
      book_(release),
      cadence_(options.cadence) {
  HEAPLAW_CHECK(!subjects.empty(), "a judge of nobody");
  setting_.starts_empty = options.starts_empty;
  if (!options.starts_empty) ledger_.gc_percent = value_off;  // SIM-2
  parties_.reserve(subjects.size());
  for (Subject* const subject : subjects) parties_.push_back({.subject = subject});
}

template <typename Work>
void Judge::guarded(const Subject& subject, Work work) {
  try {
    work();
  } catch (const std::exception& error) {
    diverge({.field = "check", .expected = "every check holds", .actual = error.what()}, nullptr,
            &subject);
  }
}

bool Judge::step(const Operation& operation) {
  if (verdict_.divergence) return false;
  operation_ = operation;
  const Looks looks = cadence_.due(index_, operation);
  if (looks.snapshot) look_before(looks);
  apply(operation);
  if (verdict_.divergence) return false;
  ledger_.follow(operation, parties_.front().observation);
  ++verdict_.counts.operations;
  if (looks.snapshot) look_after(looks, true);
  ++index_;
  return !verdict_.divergence;
}

void Judge::apply(const Operation& operation) {
  for (Party& party : parties_) {
    guarded(*party.subject, [&] { party.observation = party.subject->apply(operation); });
    if (verdict_.divergence) return;
  }
  compare_answers();
}

void Judge::compare_answers() {
  const Party& first = parties_.front();
  for (std::size_t i = 1; i < parties_.size() && !verdict_.divergence; ++i) {
    const Party& party = parties_[i];
    ++verdict_.counts.answers;
    verdict_.counts.addresses += first.observation.answer == Answer::address;
    if (party.observation.answer != first.observation.answer ||
        party.observation.address != first.observation.address) {
      const bool addresses = party.observation.answer == first.observation.answer;
      diverge({.field = addresses ? "address" : "answer",
               .expected = to_string(first.observation),
               .actual = to_string(party.observation),
               .source = "PA-20, PA-22, SP-4, SP-15"},
              first.subject, party.subject);
    } else if (first.observation.stats && party.observation.stats) {
      compare_stats(*first.observation.stats, *party.observation.stats, party);
    }
  }
}

void Judge::compare_stats(const MemStats& expected, const MemStats& actual, const Party& party) {
  static const std::uint64_t field_count = mem_stats_fields().size() + 2 * by_size_count;
  ++verdict_.counts.snapshots;
  verdict_.counts.fields += field_count;
  if (expected == actual) return;
  const auto found = differences(expected, actual, options_.strictness);
  if (found.empty()) return;
  const MemStatsField* const field = mem_stats_field_named(found.front().field);
  diverge({.field = found.front().field,
           .expected = std::to_string(found.front().expected),
           .actual = std::to_string(found.front().actual),
           .source = std::string(field ? field->source : "MS-1")},
          parties_.front().subject, party.subject);
}

// Readings after the last operation are those before this one, if they were taken.
void Judge::look_before(Looks looks) {
  const bool has_snapshot = snapshot_index_ == index_;
  const bool has_map = map_index_ == index_;
  for (Party& party : parties_) {
    guarded(*party.subject, [&] {
      party.before.stats = party.now.stats;
      if (!has_snapshot) bridge(party);
      if (!looks.map || !options_.laws) return;
      party.before.map = has_map ? std::move(party.now.map) : party.subject->page_map();
    });
    if (verdict_.divergence) return;
  }
}

// Operations went by without a look: laws between any two snapshots hold over them as well.
void Judge::bridge(Party& party) {
  party.now.stats = party.subject->mem_stats();
  if (options_.laws && snapshot_index_ != never) {
    evaluate(party, {.setting = &setting_, .now = &party.now.stats, .before = &party.before.stats});
  }
  party.before.stats = party.now.stats;
}

void Judge::look_after(Looks looks, bool one_step) {
  for (Party& party : parties_) {
    guarded(*party.subject, [&] {
      party.now.stats = party.subject->mem_stats();
      if (looks.map) party.now.map = party.subject->page_map();
      if (!options_.invariants || !looks.invariants) return;
      party.subject->check_invariants();
      ++verdict_.counts.invariants;
    });
    if (verdict_.divergence) return;
  }
  snapshot_index_ = index_ + 1;
  cadence_.saw_snapshot(index_);
  if (looks.map) {
    map_index_ = index_ + 1;
    cadence_.saw_map(index_, parties_.front().now.map.runs().size() + ledger_.objects.size());
  }
  compare_looks(looks);
  if (!options_.laws) return;
  const std::vector<LiveObject> objects =
      looks.map ? ledger_.objects.by_address() : std::vector<LiveObject>{};
  for (Party& party : parties_) {
    if (!verdict_.divergence) evaluate_laws(party, looks, one_step, objects);
  }
}

void Judge::compare_looks(Looks looks) {
  const Party& first = parties_.front();
  for (const Party& party : parties_) {
    if (!verdict_.divergence) compare_read_with_look(party);
  }
  for (std::size_t i = 1; i < parties_.size() && !verdict_.divergence; ++i) {
    const Party& party = parties_[i];
    compare_stats(first.now.stats, party.now.stats, party);
    if (!looks.map || verdict_.divergence) continue;
    ++verdict_.counts.page_maps;
    const auto page = first_difference(first.now.map, party.now.map);
    if (!page) continue;
    diverge({.field = fmt::format("page {}", *page),
             .expected = describe_page(first.now.map, *page),
             .actual = describe_page(party.now.map, *page),
             .source = "PA-19, PA-22"},
            first.subject, party.subject);
  }
}

// ReadMemStats reports the state that it left, so that a look right after it says the same.
void Judge::compare_read_with_look(const Party& party) {
  if (operation_.kind != OperationKind::read_memstats || !party.observation.stats) return;
  const auto found = differences(*party.observation.stats, party.now.stats, Comparable::bounded);
  if (found.empty()) return;
  diverge({.field = found.front().field + " looked at",
           .expected = std::to_string(found.front().expected),
           .actual = std::to_string(found.front().actual),
           .source = "SP-18"},
          nullptr, party.subject);
}

void Judge::evaluate_laws(Party& party, Looks looks, bool one_step,
                          const std::vector<LiveObject>& objects) {
  evaluate(party, {.setting = &setting_,
                   .ledger = &ledger_,
                   .now = &party.now.stats,
                   .before = one_step ? &party.before.stats : nullptr,
                   .one_step = one_step,
                   .map = looks.map ? &party.now.map : nullptr,
                   .map_before = looks.map && one_step ? &party.before.map : nullptr,
                   .objects = looks.map ? &objects : nullptr,
                   .white_box = party.subject->white_box()});
}

void Judge::evaluate(const Party& party, const HeapMoment& moment) {
  HeapFindings findings;
  book_.judge(moment, findings);
  for (const Finding<HeapSpot>& finding : findings.kept()) {
    if (finding.law->strength == Strength::advisory) {
      ++verdict_.counts.findings;
      continue;
    }
    const bool placed = finding.spot.address != Address{};
    diverge({.field = placed ? fmt::format("{} {}", finding.spot.field, finding.spot.address)
                             : std::string(finding.spot.field),
             .expected = finding.expected,
             .actual = finding.found,
             .law = std::string(finding.law->id),
             .source = std::string(finding.law->source)},
            nullptr, party.subject);
    return;
  }
}

void Judge::diverge(Divergence divergence, const Subject* expected, const Subject* actual) {
  divergence.operation_index = index_;
  divergence.operation = operation_;
  const auto draw = [](const Subject* subject) -> std::optional<PageMap> {
    try {
      if (subject) return subject->page_map();
    } catch (const std::exception&) {
      // A broken subject may be unable to draw itself; the divergence stands without a picture.
    }
    return std::nullopt;
  };
  if (expected) divergence.expected_by = expected->name();
  if (actual) divergence.actual_by = actual->name();
  divergence.expected_map = draw(expected);
  divergence.actual_map = draw(actual);
  verdict_.divergence = std::move(divergence);
}

Verdict Judge::finish() {
  if (!verdict_.divergence && index_ != 0 && map_index_ != index_) {
    --index_;  // what is seen now is blamed on the last operation
    look_after({.snapshot = true, .map = true, .invariants = true}, false);
    ++index_;
  }
  verdict_.counts.law_evaluations = book_.evaluations();
  if (!verdict_.divergence) list_unproved();
  return std::move(verdict_);
}

void Judge::list_unproved() {
  const JudgeCounts& counts = verdict_.counts;
  const bool lockstep = parties_.size() > 1;
  const struct {
    bool expected;
    std::uint64_t count;
    std::string_view text;
  } rows[] = {{true, counts.operations, "no operation was applied"},
              {lockstep, counts.answers, "no answer was compared"},
              {lockstep && ledger_.mallocs != 0, counts.addresses, "no address was compared"},
              {lockstep, counts.snapshots, "no snapshot was compared"},
              {lockstep, counts.fields, "no field was compared"},
              {lockstep, counts.page_maps, "no page map was compared"},
              {options_.invariants, counts.invariants, "no invariant was checked"},
              {options_.laws, counts.all_law_evaluations(), "no law was evaluated"}};
  for (const auto& row : rows) {
    if (row.expected && row.count == 0) verdict_.unproved.emplace_back(row.text);
  }
}

Verdict judge(std::span<Subject* const> subjects, const Trace& trace, const JudgeOptions& options) {
  Judge judge(subjects, trace.release, trace.procs, options);
  for (const Operation& operation : trace.operations) {
    if (!judge.step(operation)) break;
  }
  return judge.finish();
}

}  // namespace heaplaw::oracle
