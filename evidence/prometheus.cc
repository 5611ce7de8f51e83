#include "evidence/prometheus.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "evidence/go_float.h"

namespace heaplaw::evidence {

namespace {

using enum MetricKind;
using M = MemStats;

// clang-format off
constexpr Metric known[] = {
    {"go_gc_cycles_forced_gc_cycles_total", runtime, nullptr, RuntimeMetric::cycles_forced, true},
    {"go_gc_cycles_total_gc_cycles_total", runtime, nullptr, RuntimeMetric::cycles_total, true},
    {"go_gc_heap_allocs_bytes_total", runtime, nullptr, RuntimeMetric::allocs_bytes, true},
    {"go_gc_heap_allocs_objects_total", runtime, nullptr, RuntimeMetric::allocs_objects, true},
    {"go_gc_heap_frees_objects_total", runtime, nullptr, RuntimeMetric::frees_objects, true},
    {"go_gc_heap_goal_bytes", runtime, nullptr, RuntimeMetric::goal},
    {"go_gc_heap_objects_objects", runtime, nullptr, RuntimeMetric::objects},
    {"go_gc_heap_tiny_allocs_objects_total", runtime, nullptr, RuntimeMetric::tiny_allocs, true},
    {"go_info", info},
    {"go_memory_classes_heap_free_bytes", runtime, nullptr, RuntimeMetric::heap_free},
    {"go_memory_classes_heap_objects_bytes", runtime, nullptr, RuntimeMetric::heap_objects},
    {"go_memory_classes_heap_released_bytes", runtime, nullptr, RuntimeMetric::heap_released},
    {"go_memory_classes_heap_stacks_bytes", runtime, nullptr, RuntimeMetric::heap_stacks},
    {"go_memory_classes_heap_unused_bytes", runtime, nullptr, RuntimeMetric::heap_unused},
    {"go_memory_classes_metadata_mcache_free_bytes", runtime, nullptr, RuntimeMetric::mcache_free},
    {"go_memory_classes_metadata_mcache_inuse_bytes", runtime, nullptr, RuntimeMetric::mcache_inuse},
    {"go_memory_classes_metadata_mspan_free_bytes", runtime, nullptr, RuntimeMetric::mspan_free},
    {"go_memory_classes_metadata_mspan_inuse_bytes", runtime, nullptr, RuntimeMetric::mspan_inuse},
    {"go_memory_classes_metadata_other_bytes", runtime, nullptr, RuntimeMetric::metadata_other},
    {"go_memory_classes_os_stacks_bytes", runtime, nullptr, RuntimeMetric::os_stacks},
    {"go_memory_classes_other_bytes", runtime, nullptr, RuntimeMetric::other},
    {"go_memory_classes_profiling_buckets_bytes", runtime, nullptr, RuntimeMetric::profiling_buckets},
    {"go_memory_classes_total_bytes", runtime, nullptr, RuntimeMetric::total},
    {"go_memstats_alloc_bytes", field, &M::alloc},
    {"go_memstats_alloc_bytes_total", field, &M::total_alloc, {}, true},
    {"go_memstats_buck_hash_sys_bytes", field, &M::buck_hash_sys},
    {"go_memstats_frees_total", field, &M::frees, {}, true},
    {"go_memstats_gc_cpu_fraction", fraction},
    {"go_memstats_gc_sys_bytes", field, &M::gc_sys},
    {"go_memstats_heap_alloc_bytes", field, &M::heap_alloc},
    {"go_memstats_heap_idle_bytes", field, &M::heap_idle},
    {"go_memstats_heap_inuse_bytes", field, &M::heap_inuse},
    {"go_memstats_heap_objects", field, &M::heap_objects},
    {"go_memstats_heap_released_bytes", field, &M::heap_released},
    {"go_memstats_heap_released_bytes_total", field, &M::heap_released, {}, true},
    {"go_memstats_heap_sys_bytes", field, &M::heap_sys},
    {"go_memstats_last_gc_time_seconds", last_gc},
    {"go_memstats_lookups_total", field, &M::lookups, {}, true},
    {"go_memstats_mallocs_total", field, &M::mallocs, {}, true},
    {"go_memstats_mcache_inuse_bytes", field, &M::mcache_inuse},
    {"go_memstats_mcache_sys_bytes", field, &M::mcache_sys},
    {"go_memstats_mspan_inuse_bytes", field, &M::mspan_inuse},
    {"go_memstats_mspan_sys_bytes", field, &M::mspan_sys},
    {"go_memstats_next_gc_bytes", field, &M::next_gc},
    {"go_memstats_other_sys_bytes", field, &M::other_sys},
    {"go_memstats_stack_inuse_bytes", field, &M::stack_inuse},
    {"go_memstats_stack_sys_bytes", field, &M::stack_sys},
    {"go_memstats_sys_bytes", field, &M::sys},
};
// clang-format on

constexpr std::array<std::string_view, 4> families = {"go_memstats_", "go_memory_classes_",
                                                      "go_gc_", "go_info"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
std::uint64_t digit(char c) { return static_cast<std::uint64_t>(c - '0'); }

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == ':';
}

struct SmallWhole {
  std::uint64_t value = 0;
  std::size_t size = 0;  // of its text
  bool digits_alone = false;
};

// At the beginning of the text, before a blank or the end: a whole number below 2^53, which doubles
// hold exactly and Go spells with the fewest digits.
std::optional<SmallWhole> small_whole(std::string_view text) {
  constexpr std::size_t digits_max = 16;
  constexpr std::array<std::uint64_t, digits_max> powers = [] {
    std::array<std::uint64_t, digits_max> out{1};
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1] * 10;
    return out;
  }();
  std::uint64_t mantissa = 0;
  std::size_t digits = 0;
  std::size_t at = 0;
  const auto read_digits = [&] {
    for (; at < text.size() && is_digit(text[at]) && digits <= digits_max; ++at, ++digits) {
      mantissa = mantissa * 10 + digit(text[at]);
    }
    return digits;
  };
  const std::size_t whole_digits = read_digits();
  if (at < text.size() && text[at] == '.') ++at;
  const std::size_t decimals = read_digits() - whole_digits;
  if (digits == 0 || digits > digits_max) return std::nullopt;
  std::size_t exponent = 0;
  if (at + 4 <= text.size() && text[at] == 'e' && text[at + 1] == '+' && is_digit(text[at + 2]) &&
      is_digit(text[at + 3])) {
    exponent = digit(text[at + 2]) * 10 + digit(text[at + 3]);
    at += 4;
  }
  if (at < text.size() && text[at] != ' ') return std::nullopt;
  if (exponent < decimals || exponent - decimals >= digits_max) return std::nullopt;
  std::uint64_t value = 0;
  constexpr std::uint64_t limit = std::uint64_t{1} << 53U;
  if (__builtin_mul_overflow(mantissa, powers[exponent - decimals], &value) || value >= limit) {
    return std::nullopt;
  }
  return SmallWhole{value, at, at == whole_digits};
}

bool digits_alone(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

bool match_value(LineScanner& line, SampleValue& value) {
  if (const auto small = small_whole(line.rest())) {
    value.number = static_cast<double>(small->value);
    value.whole = small->value;
    value.plain = small->digits_alone && small->size > 6;
    line.advance(small->size);
    return true;
  }
  std::string_view text;
  LineScanner ahead = line;
  if (!ahead.text_until(" ", text)) return line.expect("a number");
  const auto number = parse_go_float(text);
  if (!number) return line.expect("a number");
  value = {.number = *number, .whole = {}, .plain = text.size() > 6 && digits_alone(text)};
  constexpr double two_to_64 = 18446744073709551616.0;
  if (value.plain) {
    std::uint64_t exact = 0;
    const char* const end = text.data() + text.size();
    if (std::from_chars(text.data(), end, exact).ec == std::errc{}) value.whole = exact;
  } else if (*number >= 0 && *number < two_to_64 && *number == std::floor(*number)) {
    value.whole = static_cast<std::uint64_t>(*number);
  }
  line = ahead;
  return true;
}

// Up to the brace that no quotes hold.
bool match_labels(LineScanner& line, std::string_view& labels) {
  labels = {};
  if (!line.skip("{")) return true;
  const std::string_view rest = line.rest();
  bool quoted = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (quoted && rest[i] == '\\') {
      ++i;
    } else if (rest[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && rest[i] == '}') {
      labels = rest.substr(0, i);
      return line.literal(labels) && line.literal("}");
    }
  }
  return line.expect("labels that end");
}

struct Label {
  std::string_view name;
  std::string_view value;
  std::size_t begin;
  std::size_t end;
};

// The label that begins at `at`, which is moved behind it and its comma.
std::optional<Label> next_label(std::string_view labels, std::size_t& at) {
  const std::size_t begin = at;
  const std::size_t equals = labels.find("=\"", at);
  if (equals == labels.npos) return std::nullopt;
  std::size_t close = equals + 2;
  while (close < labels.size() && labels[close] != '"') close += labels[close] == '\\' ? 2U : 1U;
  if (close >= labels.size()) return std::nullopt;
  at = close + 1;
  if (at < labels.size() && labels[at] == ',') ++at;
  return Label{labels.substr(begin, equals - begin), labels.substr(equals + 2, close - equals - 2),
               begin, at};
}

}  // namespace

std::span<const Metric> metrics() { return known; }

const Metric* metric_after(const Metric* last, std::string_view line) {
  if (!last) return nullptr;
  const std::span<const Metric> next{last + 1, std::end(known)};
  for (const Metric& metric : next.first(std::min<std::size_t>(next.size(), 2))) {
    const std::size_t size = metric.name.size();
    if (line.size() > size && (line[size] == ' ' || line[size] == '{') &&
        line.starts_with(metric.name)) {
      return &metric;
    }
  }
  return nullptr;
}

std::size_t field_number(const Metric& metric) {
  static const auto numbers = [] {
    std::array<std::size_t, std::size(known)> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (known[i].kind == field) out[i] = heaplaw::field_number(known[i].field);
    }
    return out;
  }();
  return numbers[static_cast<std::size_t>(&metric - known)];
}

NamedMetric metric_named(std::string_view name) {
  for (const std::string_view family : families) {
    const std::size_t at = name.find(family);
    if (at == name.npos) continue;
    const auto* const found = std::ranges::lower_bound(known, name.substr(at), {}, &Metric::name);
    if (found != std::end(known) && found->name == name.substr(at)) {
      return {found, name.substr(0, at)};
    }
  }
  return {};
}

bool match(LineScanner& line, PrometheusSample& sample) {
  const std::string_view rest = line.rest();
  std::size_t length = 0;
  while (length < rest.size() && is_name_char(rest[length])) ++length;
  sample.name = rest.substr(0, length);
  if (length == 0 || is_digit(rest[0])) return line.expect("a metric's name");
  return match_named(line, sample.name, sample);
}

bool match_named(LineScanner& line, std::string_view name, PrometheusSample& sample) {
  sample.name = name;
  if (!line.skip(name) || !match_labels(line, sample.labels) || !line.literal(" ") ||
      !match_value(line, sample.value)) {
    return false;
  }
  sample.timestamp_ms.reset();
  if (line.skip(" ")) {
    std::int64_t at = 0;
    if (!line.integer(at)) return false;
    sample.timestamp_ms = at;
  }
  return line.end();
}

std::string print(const PrometheusSample& sample) {
  std::string out(sample.name);
  if (!sample.labels.empty()) out += fmt::format("{{{}}}", sample.labels);
  out += ' ';
  if (sample.value.plain && sample.value.whole) {
    out += std::to_string(*sample.value.whole);
  } else {
    append_go_float(out, sample.value.number, GoFloatForm::shortest);
  }
  if (sample.timestamp_ms) out += fmt::format(" {}", *sample.timestamp_ms);
  return out;
}

std::optional<std::string_view> label_value(std::string_view labels, std::string_view name) {
  std::size_t at = 0;
  while (const auto label = next_label(labels, at)) {
    if (label->name == name) return label->value;
  }
  return std::nullopt;
}

std::string labels_without(std::string_view labels, std::string_view name) {
  std::size_t at = 0;
  std::string out(labels);
  while (const auto label = next_label(labels, at)) {
    if (label->name != name) continue;
    out.erase(label->begin, label->end - label->begin);
    if (out.ends_with(',') && !labels.ends_with(',')) out.pop_back();
    break;
  }
  return out;
}

}  // namespace heaplaw::evidence
