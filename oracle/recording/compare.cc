#include "oracle/recording/compare.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/heap_laws.h"
#include "oracle/recording/goal_rule.h"
#include "oracle/recording/release_rule.h"
#include "oracle/recording/span_records.h"

namespace heaplaw::oracle {

namespace {

using enum OperationKind;

// Of differences modulo 2^64.
std::uint64_t distance(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t up = wrapping_subtract(a, b);
  return std::min(up, wrapping_subtract(b, a));
}

// What one cycle takes for marking.
Bytes work_buffer_bytes(const HeapFigures& figures) {
  return Bytes{4 * figures.work_buffer_spans * heap_page.raw()};
}

class Comparison {
 public:
  Comparison(const Recording& recording, Subject& subject, Address region)
      : recording_(recording),
        subject_(subject),
        region_(region),
        setting_(HeapSetting::of(recording.trace.release, recording.trace.procs)),
        book_(recording.trace.release),
        records_(setting_.figures.work_buffer_spans),
        releases_(work_buffer_bytes(setting_.figures)) {
    setting_.starts_empty = false;
    ledger_.gc_percent = value_off;
  }

  RecordingVerdict run() {
    try {
      for (index_ = 0; index_ < recording_.trace.operations.size() && !over(); ++index_) step();
    } catch (const std::exception& error) {
      diverge("check", "every check holds", error.what(), "");
    }
    verdict_.span_fills_possible = records_.fills_possible();
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
    releases_.before(operation, subject_);
    records_.before(operation, subject_);
    const Observation observation = subject_.apply(operation);
    ++verdict_.operations;
    const Address recorded = recording_.addresses[index_];
    if (operation.kind == alloc && recorded != Address{}) compare_address(recorded, observation);
    ledger_.follow(operation, recorded == Address{} ? Observation{} : Observation::of(recorded));
    records_.after(operation, subject_);
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

  void compare_snapshot(const MemStats& recorded, const Observation& observation) {
    const MemStats own = observation.stats ? *observation.stats : subject_.mem_stats();
    const std::uint64_t buffers = work_buffers(subject_.page_map());
    judge_by_laws(recorded);
    if (snapshot_ == 0) {
      recorded_base_ = recorded;
      own_base_ = own;
      buffers_base_ = buffers;
      releases_.begin(recorded, own);
      return;
    }
    ++verdict_.snapshots;
    const MemStats expected = difference_since(recorded_base_, recorded);
    const MemStats actual = difference_since(own_base_, own);
    compare_fields(expected, actual);
    compare_sums(expected, actual, wrapping_subtract(buffers, buffers_base_));
    compare_release(recorded, own);
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

  // Exact while the background scavenger idles. Else, of the cached pages, nobody knows which were
  // given back before they came into the cache. Where a release may pass over chunks, which the
  // background scavenger gave up, nothing can be said.
  void compare_release(const MemStats& recorded, const MemStats& own) {
    const bool just_released = ledger_.previous_was(free_os_memory);
    const std::string expected = releases_.judge(recorded, own, just_released);
    if (releases_.exact()) {
      held("HeapReleased", Held::by_rule);
      if (expected.empty()) return;
      const std::uint64_t growth =
          wrapping_subtract(recorded.heap_released, recorded_base_.heap_released);
      return diverge("HeapReleased", fmt::format("grown by {}", static_cast<std::int64_t>(growth)),
                     expected, "SC-13, SC-27");
    }
    if (!just_released) return;
    const std::uint64_t slack = wrapping_subtract(recorded.heap_idle, recorded.heap_released);
    const std::uint64_t cached = cached_pages(subject_.page_map()).raw() * heap_page.raw();
    const std::uint64_t buffer = work_buffer_bytes(setting_.figures).raw();
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
    const bool explained = records_.explain(bytes / static_cast<std::int64_t>(record));
    if (explained && bytes % static_cast<std::int64_t>(record) == 0) return;
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

  static Pages cached_pages(const PageMap& map) {
    return map.count(PageUse::cached) + map.count(PageUse::cached_scavenged);
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
  SpanRecords records_;
  ReleaseRule releases_;
  GoalRule goals_;
  RecordingVerdict verdict_;
  std::size_t index_ = 0;
  std::size_t snapshot_ = 0;
  MemStats recorded_base_, own_base_;
  std::uint64_t buffers_base_ = 0;
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
