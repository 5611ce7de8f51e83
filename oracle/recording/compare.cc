#include "oracle/recording/compare.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/heap_laws.h"
#include "oracle/recording/goal_rule.h"
#include "oracle/recording/unknowns.h"

namespace heaplaw::oracle {

namespace {

using enum OperationKind;

// Of differences modulo 2^64.
std::uint64_t distance(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t up = wrapping_subtract(a, b);
  return std::min(up, wrapping_subtract(b, a));
}

class Comparison {
 public:
  Comparison(const Recording& recording, Subject& subject, Address region)
      : recording_(recording),
        subject_(subject),
        region_(region),
        setting_(HeapSetting::of(recording.trace.release, recording.trace.procs)),
        book_(recording.trace.release) {
    setting_.starts_empty = false;
    ledger_.gc_percent = value_off;
  }

  RecordingVerdict run() {
    try {
      for (index_ = 0; index_ < recording_.trace.operations.size() && !over(); ++index_) step();
    } catch (const std::exception& error) {
      diverge("check", "every check holds", error.what(), "");
    }
    verdict_.span_fills_possible = fill_.candidates();
    if (goals_.used()) {
      verdict_.scanned_min = goals_.least();
      verdict_.scanned_max = goals_.most();
    }
    for (const std::uint64_t times : book_.evaluations()) verdict_.law_evaluations += times;
    return std::move(verdict_);
  }

 private:
  [[nodiscard]] bool over() const { return verdict_.divergence.has_value(); }

  void step() {
    const Operation& operation = recording_.trace.operations[index_];
    const Observation observation = subject_.apply(operation);
    ++verdict_.operations;
    const Address recorded = recording_.addresses[index_];
    if (operation.kind == alloc && recorded != Address{}) compare_address(recorded, observation);
    ledger_.follow(operation, recorded == Address{} ? Observation{} : Observation::of(recorded));
    follow_spans(operation);
    goals_.follow(operation, subject_);
    if (operation.kind == read_memstats && !over()) {
      compare_snapshot(recording_.stats.at(snapshot_), observation);
      ++snapshot_;
    }
  }

  // Relative to the region: some releases begin their heap at random.
  void compare_address(Address recorded, const Observation& observation) {
    ++verdict_.addresses;
    const std::uint64_t expected = wrapping_subtract(recorded.raw(), recording_.region.raw());
    const std::uint64_t actual = wrapping_subtract(observation.address.raw(), region_.raw());
    if (observation.answer == Answer::address && expected == actual) return;
    diverge("address", fmt::format("{}", recorded),
            observation.answer == Answer::address
                ? fmt::format("{:#x}", wrapping_add(recording_.region.raw(), actual))
                : to_string(observation),
            "PA-20, PA-22, SP-4, SP-15");
  }

  // Spans come one at a time from allocations and go at collections, which take a work buffer
  // first.
  void follow_spans(const Operation& operation) {
    if (operation.kind == alloc) {
      const std::uint64_t inuse = subject_.mem_stats().heap_inuse;
      if (inuse > heap_inuse_) {
        fill_.span_allocated();
        ++spans_;
      }
      heap_inuse_ = inuse;
      return;
    }
    if (operation.kind != gc && operation.kind != free_os_memory && snapshot_ != 0) return;
    const std::uint64_t before = spans_;
    spans_ = 0;
    const PageMap map = subject_.page_map();
    for (const PageRun& run : map.runs()) spans_ += is_span(run.state.use);
    heap_inuse_ = subject_.mem_stats().heap_inuse;
    if (operation.kind != gc && operation.kind != free_os_memory) return;
    const std::size_t cycles = operation.kind == gc ? 1 : 2;
    std::uint64_t gone = before > spans_ ? before - spans_ : 0;
    const unsigned buffers = setting_.figures.work_buffer_spans;
    for (std::size_t cycle = 0; cycle < cycles; ++cycle) {
      for (unsigned i = 0; i < buffers; ++i) fill_.span_allocated();
      for (; gone > 0; --gone) fill_.span_freed();
      for (unsigned i = 0; i < buffers; ++i) fill_.span_freed();
    }
  }

  void compare_snapshot(const MemStats& recorded, const Observation& observation) {
    const MemStats own = observation.stats ? *observation.stats : subject_.mem_stats();
    const std::uint64_t buffers = work_buffers(subject_.page_map());
    judge_by_laws(recorded);
    if (snapshot_ == 0) {
      recorded_base_ = recorded;
      own_base_ = own;
      buffers_base_ = buffers;
      return;
    }
    ++verdict_.snapshots;
    const MemStats expected = difference_since(recorded_base_, recorded);
    const MemStats actual = difference_since(own_base_, own);
    compare_fields(expected, actual);
    compare_sums(expected, actual, wrapping_subtract(buffers, buffers_base_));
    compare_release(recorded);
    compare_span_records(expected);
    compare_goal(recorded);
  }

  void compare_fields(const MemStats& expected, const MemStats& actual) {
    for (const MemStatsField& field : mem_stats_fields()) {
      const std::uint64_t e = expected.*field.member;
      const std::uint64_t a = actual.*field.member;
      // What older recorders did not print cannot be compared.
      const bool printed = field.always_printed || e != 0;
      if (field.comparable == Comparable::exact && printed) {
        held(field.name, Held::exact);
        if (e != a) diverge(field.name, std::to_string(e), std::to_string(a), field.source);
      } else if (field.comparable == Comparable::bounded) {
        FieldTally& tally = held(field.name, Held::bounded);
        tally.slack = std::max(tally.slack, distance(e, a));
      }
    }
    for (std::size_t c = 0; c < by_size_count; ++c) {
      held("BySize", Held::exact).compared += 1;  // two counters
      if (expected.by_size[c] == actual.by_size[c]) continue;
      const auto text = [c](const MemStats& stats) {
        const BySizeEntry& entry = stats.by_size[c];
        return fmt::format("{}:{}:{}", entry.size, entry.mallocs, entry.frees);
      };
      diverge(fmt::format("BySize[{}]", c), text(expected), text(actual), "MS-1");
    }
  }

  // Stacks and work buffers come out of HeapSys, so that only all together are deterministic.
  void compare_sums(const MemStats& expected, const MemStats& actual, std::uint64_t buffers) {
    for (const auto& [name, member] :
         {std::pair{"HeapSys", &MemStats::heap_sys}, std::pair{"HeapIdle", &MemStats::heap_idle}}) {
      held(name, Held::in_sum);
      const std::uint64_t e = wrapping_add(expected.*member, expected.stack_inuse);
      const std::uint64_t a =
          wrapping_add(wrapping_add(actual.*member, actual.stack_inuse), buffers);
      if (e != a) {
        diverge(fmt::format("{} + StackInuse + work buffers", name), std::to_string(e),
                std::to_string(a), "MS-16");
      }
    }
  }

  // The background sweeper gives the work buffers back before the release or after it. Of the
  // cached pages that a subject without a background scavenger has backed, a real process may have
  // given back some before they came into the cache. Where a release may pass over chunks, which
  // the background scavenger gave up, nothing can be said.
  void compare_release(const MemStats& recorded) {
    if (!ledger_.previous_was(free_os_memory)) return;
    const std::uint64_t slack = wrapping_subtract(recorded.heap_idle, recorded.heap_released);
    const std::uint64_t cached = subject_.page_map().count(PageUse::cached).raw() * heap_page.raw();
    const std::uint64_t buffer = 4 * setting_.figures.work_buffer_spans * heap_page.raw();
    if (setting_.figures.release_may_miss) {
      FieldTally& tally = held("HeapReleased after release", Held::bounded);
      tally.slack = std::max(tally.slack, slack - std::min(slack, cached + buffer));
      return;
    }
    held("HeapReleased", Held::by_rule);
    if (slack <= cached || (slack >= buffer && slack - buffer <= cached)) return;
    diverge("HeapIdle - HeapReleased", fmt::format("{}", slack),
            fmt::format("up to {} in page caches, and 0 or {} of work buffers", cached, buffer),
            "SC-27");
  }

  void compare_span_records(const MemStats& expected) {
    const std::uint64_t record = setting_.figures.span_record.raw();
    if (record == 0) return;
    held("MSpanInuse", Held::by_rule);
    const auto bytes = static_cast<std::int64_t>(expected.mspan_inuse);
    fill_.observe(bytes / static_cast<std::int64_t>(record));
    if (fill_.candidates() != 0 && bytes % static_cast<std::int64_t>(record) == 0) return;
    diverge("MSpanInuse", fmt::format("grown by {} bytes", bytes),
            "another growth for every fill of the P's cache of records", "PA-25, MS-7");
  }

  void compare_goal(const MemStats& recorded) {
    const auto expected = goals_.judge(recorded, ledger_, setting_.release, subject_);
    if (!expected) return;
    held("NextGC", Held::by_rule);
    if (!expected->empty()) {
      diverge("NextGC", std::to_string(recorded.next_gc), *expected, "GC-13, GC-14");
    }
  }

  void judge_by_laws(const MemStats& recorded) {
    if (over()) return;
    HeapFindings findings;
    book_.judge({.setting = &setting_,
                 .ledger = &ledger_,
                 .now = &recorded,
                 .before = snapshot_ ? &recording_.stats[snapshot_ - 1] : nullptr},
                findings);
    for (const auto& finding : findings.kept()) {
      if (finding.law->strength == Strength::advisory) continue;
      diverge(finding.spot.field, finding.expected, finding.found, finding.law->source);
      verdict_.divergence->law = finding.law->id;
      std::swap(verdict_.divergence->expected_by, verdict_.divergence->actual_by);
      verdict_.divergence->expected_by.clear();
      return;
    }
  }

  static std::uint64_t work_buffers(const PageMap& map) {
    return map.count(PageUse::work_buffer_span).raw() * heap_page.raw();
  }

  FieldTally& held(std::string_view field, Held how) {
    auto& fields = verdict_.fields;
    auto found = std::ranges::find_if(
        fields, [&](const FieldTally& t) { return t.field == field && t.held == how; });
    if (found == fields.end()) found = fields.insert(fields.end(), {field, how});
    ++found->compared;
    return *found;
  }

  void diverge(std::string_view field, std::string expected, std::string actual,
               std::string_view source) {
    if (over()) return;
    verdict_.divergence = Divergence{.operation_index = index_,
                                     .operation = recording_.trace.operations[index_],
                                     .field = std::string(field),
                                     .expected = std::move(expected),
                                     .actual = std::move(actual),
                                     .expected_by = fmt::format("{}", setting_.release),
                                     .actual_by = std::string(subject_.name()),
                                     .source = std::string(source)};
    try {
      verdict_.divergence->actual_map = subject_.page_map();
    } catch (const std::exception&) {
      // The divergence stands without a picture.
    }
  }

  const Recording& recording_;
  Subject& subject_;
  Address region_;
  HeapSetting setting_;
  HeapLedger ledger_;
  HeapLawBook book_;
  SpanRecordFill fill_;
  GoalRule goals_;
  RecordingVerdict verdict_;
  std::size_t index_ = 0;
  std::size_t snapshot_ = 0;
  MemStats recorded_base_, own_base_;
  std::uint64_t buffers_base_ = 0;
  std::uint64_t spans_ = 0;       // the subject's
  std::uint64_t heap_inuse_ = 0;  // likewise, after the last operation
};

}  // namespace

std::string_view name_of(Held held) {
  constexpr std::array<std::string_view, 4> names = {"exact", "exact in sum", "by rule", "bounded"};
  return names[static_cast<std::size_t>(held)];
}

std::uint64_t RecordingVerdict::fields_held(Held how) const {
  std::uint64_t sum = 0;
  for (const FieldTally& tally : fields) sum += tally.held == how ? tally.compared : 0;
  return sum;
}

RecordingVerdict compare(const Recording& recording, Subject& subject,
                         std::optional<Address> subject_region) {
  return Comparison(recording, subject, subject_region.value_or(recording.region)).run();
}

}  // namespace heaplaw::oracle
