#include "evidence/scrapes.h"

#include <utility>

namespace heaplaw::evidence {

namespace {

using M = MemStats;
constexpr std::string_view exposition = "Prometheus";
constexpr std::string_view runtime_exposition = "runtime/metrics";

// From client_golang 1.12 on, in programs of Go 1.17 on, figures come from runtime/metrics; only
// those that read MemStats know the collector's share of the CPU (formats, 7).
bool read_while_stopped(const Snapshot& s, const std::optional<Release>& release) {
  const bool old_release = release && *release < Release{17};
  const bool has_share = s.gc_cpu_fraction && *s.gc_cpu_fraction != 0;
  return old_release || has_share;
}

// A metric that client_golang's figures may have lost the last digits of.
std::uint64_t whole_of(const SampleValue& value) {
  if (value.whole) return *value.whole;
  return value.number > 0 ? ~std::uint64_t{0} : 0;
}
bool is_whole(const SampleValue& value) {
  constexpr double two_to_64 = 18446744073709551616.0;
  return value.whole.has_value() || value.number >= two_to_64;
}

bool is_joined(std::string_view whole, std::string_view head, std::string_view tail) {
  return whole.size() == head.size() + tail.size() && whole.starts_with(head) &&
         whole.ends_with(tail);
}

}  // namespace

bool began_anew(const Snapshot& before, const Snapshot& now) {
  std::size_t fell = 0;
  for (const auto counter : {&M::mallocs, &M::frees, &M::total_alloc}) {
    if (!before.has.contains(counter) || !now.has.contains(counter)) continue;
    if (now.stats.*counter >= before.stats.*counter) return false;
    ++fell;
  }
  return fell > 0;
}

Scrapes::Process* Scrapes::process_of(std::string_view prefix, std::string_view labels, bool info) {
  if (!info && last_ && is_joined(*last_name_, prefix, labels)) return last_;
  key_.assign(prefix);
  if (info) {
    key_ += labels_without(labels, "version");
  } else {
    key_ += labels;
  }
  auto found = processes_.find(key_);
  if (found == processes_.end()) {
    if (processes_.size() == processes_max) return nullptr;
    found = processes_.emplace(key_, Process{}).first;
  }
  last_name_ = &found->first;
  last_ = &found->second;
  return last_;
}

void Scrapes::take(std::size_t line, const SampleEvent& sample) {
  const bool info = sample.metric->kind == MetricKind::info;
  Process* const process = process_of(sample.prefix, sample.labels, info);
  if (!process) {
    sink_.on_refused(line, "more than 256 processes in one text");
    return;
  }
  if (info) {
    const auto version = label_value(sample.labels, "version");
    if (version) process->release = Release::try_parse(version->substr(0, version->find(' ')));
    if (process->release && process->release->minor() > newest_release.minor()) {
      process->release.reset();
    }
    return;
  }
  take_field(*process, line, sample);
}

void Scrapes::take(std::size_t line, const RuntimeMetricLine& metric) {
  const auto known = runtime_metric_named(metric.name);
  Process* const process = process_of({}, {}, false);
  if (known && process) take_runtime(*process, line, *known, metric.value);
}

void Scrapes::take_field(Process& process, std::size_t line, const SampleEvent& sample) {
  const Metric& metric = *sample.metric;
  if (metric.kind == MetricKind::fraction) {
    if (process.fields.gc_cpu_fraction) flush_fields(*last_name_, process);
    process.fields.gc_cpu_fraction = sample.value.number;
    return;
  }
  if (metric.kind == MetricKind::last_gc) {
    constexpr double year_3000 = 32503680000;  // old clients print LastGC*10 XOR 9 (formats, 7)
    if (sample.value.number > year_3000) {
      sink_.on_refused(line, "go_memstats_last_gc_time_seconds is no time: a fault of old clients");
    }
    return;  // nothing else in a scrape says when
  }
  if (!is_whole(sample.value)) {
    sink_.on_refused(line, "a figure that is not whole");
    return;
  }
  if (metric.kind == MetricKind::runtime) {
    take_runtime(process, line, metric.runtime, whole_of(sample.value));
    return;
  }
  const std::size_t number = field_number(metric);
  if (process.fields.has.contains(number)) flush_fields(*last_name_, process);
  if (process.fields.has.empty()) process.of_fields.line = line;
  process.fields.set(number, whole_of(sample.value));
}

void Scrapes::take_runtime(Process& process, std::size_t line, RuntimeMetric metric,
                           std::uint64_t value) {
  if (process.runtime.get(metric)) flush_runtime(*last_name_, process);
  if (process.runtime.empty()) process.of_runtime.line = line;
  process.runtime.set(metric, value);
}

void Scrapes::emit(const std::string& name, const Process& process, Series& series,
                   std::string_view form, Snapshot&& snapshot) {
  SnapshotOrigin origin{.form = form, .line = series.line, .process = name, .releases = {}};
  origin.releases = form == runtime_exposition ? ReleaseSpan::since(16) : ReleaseSpan::since(2);
  origin.releases = origin.releases.intersected(releases_of(snapshot));
  if (process.release) origin.releases = ReleaseSpan::of(*process.release);
  const bool anew = series.before && began_anew(*series.before, snapshot);
  sink_.on_snapshot(origin, snapshot, series.before && !anew ? &*series.before : nullptr);
  series.before = std::move(snapshot);
}

void Scrapes::flush_fields(const std::string& name, Process& process) {
  Snapshot done = std::exchange(process.fields, {});
  done.stopped_world = read_while_stopped(done, process.release);
  if (!done.has.empty()) emit(name, process, process.of_fields, exposition, std::move(done));
}

void Scrapes::flush_runtime(const std::string& name, Process& process) {
  Snapshot done = std::exchange(process.runtime, {}).as_mem_stats();
  if (!done.has.empty()) {
    emit(name, process, process.of_runtime, runtime_exposition, std::move(done));
  }
}

void Scrapes::finish() {
  for (auto& [name, process] : processes_) {
    flush_fields(name, process);
    flush_runtime(name, process);
  }
  processes_.clear();
  last_ = nullptr;
  last_name_ = nullptr;
}

}  // namespace heaplaw::evidence
