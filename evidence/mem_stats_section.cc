#include "evidence/mem_stats_section.h"

#include <algorithm>

#include "evidence/go_float.h"

namespace heaplaw::evidence {

namespace {

using enum SectionValue;
using M = MemStats;
using S = Snapshot;
constexpr ReleaseSpan always{};
constexpr auto since = &ReleaseSpan::since;
constexpr std::size_t list_max = 256;  // of PauseNs and PauseEnd, in every release

// clang-format off
constexpr SectionKey keys[] = {
    {"Alloc", number, always, true, &M::alloc},
    {"TotalAlloc", number, always, true, &M::total_alloc},
    {"Sys", number, always, true, &M::sys},
    {"Lookups", number, always, true, &M::lookups},
    {"Mallocs", number, always, true, &M::mallocs},
    {"Frees", number, since(1), true, &M::frees},
    {"HeapAlloc", number, always, true, &M::heap_alloc},
    {"HeapSys", number, always, true, &M::heap_sys},
    {"HeapIdle", number, always, true, &M::heap_idle},
    {"HeapInuse", number, always, true, &M::heap_inuse},
    {"HeapReleased", number, since(1), true, &M::heap_released},
    {"HeapObjects", number, since(1), true, &M::heap_objects},
    {"Stack", inuse_and_sys, always, true, &M::stack_inuse, &M::stack_sys},
    {"MSpan", inuse_and_sys, always, true, &M::mspan_inuse, &M::mspan_sys},
    {"MCache", inuse_and_sys, always, true, &M::mcache_inuse, &M::mcache_sys},
    {"BuckHashSys", number, always, true, &M::buck_hash_sys},
    {"GCSys", number, since(8), true, &M::gc_sys},
    {"OtherSys", number, since(8), true, &M::other_sys},
    {"NextGC", number, always, true, &M::next_gc},
    {"LastGC", number, since(9), true, &M::last_gc},
    {"PauseNs", list, always, true, nullptr, nullptr, &S::pause_ns},
    {"PauseEnd", list, since(9), true, nullptr, nullptr, &S::pause_end},
    {"NumGC", number, always, true, &M::num_gc},
    {"NumForcedGC", number, since(9), true, &M::num_forced_gc},
    {"GCCPUFraction", fraction, since(9), true},
    {"EnableGC", flag, {0, 6}, true, nullptr, nullptr, nullptr, &S::enable_gc},
    {"DebugGC", flag, always, true, nullptr, nullptr, nullptr, &S::debug_gc},
    {"MaxRSS", max_rss, since(15), false},
};
// clang-format on

bool match_list(LineScanner& line, std::vector<std::uint64_t>& out) {
  std::vector<std::uint64_t> values;
  if (!line.literal("[")) return false;
  while (!line.skip("]")) {
    std::uint64_t value = 0;
    if (values.size() == list_max) return line.expect("']' after 256 numbers");
    if (!values.empty() && !line.literal(" ")) return false;
    if (!line.number(value)) return false;
    values.push_back(value);
  }
  out = std::move(values);
  return true;
}

bool match_flag(LineScanner& line, std::optional<bool>& out) {
  const bool yes = line.skip("true");
  if (!yes && !line.literal("false")) return false;
  out = yes;
  return true;
}

bool match_fraction(LineScanner& line, std::optional<double>& out) {
  std::string_view text;
  LineScanner ahead = line;
  if (!ahead.text_until(" ", text)) return line.expect("a number");
  const auto value = parse_go_float(text);
  if (!value) return line.expect("a number");
  out = value;
  line = ahead;
  return true;
}

bool match_number(LineScanner& line, Snapshot& s, std::uint64_t M::*member) {
  std::uint64_t value = 0;
  if (!line.number(value)) return false;
  s.set(member, value);
  return true;
}

bool match_pair(LineScanner& line, Snapshot& s, const SectionKey& key) {
  std::uint64_t inuse = 0;
  std::uint64_t sys = 0;
  if (!line.number(inuse) || !line.literal(" / ") || !line.number(sys)) return false;
  s.set(key.number, inuse);
  s.set(key.sys, sys);
  return true;
}

bool match_value(LineScanner& line, const SectionKey& key, Snapshot& s) {
  switch (key.value) {
    case number:
      return match_number(line, s, key.number);
    case inuse_and_sys:
      return match_pair(line, s, key);
    case list:
      return match_list(line, s.*key.list);
    case flag:
      return match_flag(line, s.*key.flag);
    case fraction:
      return match_fraction(line, s.gc_cpu_fraction);
    case max_rss: {
      std::uint64_t value = 0;
      if (!line.number(value)) return false;
      s.max_rss = value;
      return true;
    }
  }
  return false;
}

void append_value(std::string& out, const SectionKey& key, const Snapshot& s) {
  switch (key.value) {
    case number:
      out += std::to_string(s.stats.*key.number);
      break;
    case inuse_and_sys:
      out += std::to_string(s.stats.*key.number) + " / " + std::to_string(s.stats.*key.sys);
      break;
    case list: {
      char separator = '[';
      for (const std::uint64_t value : s.*key.list) {
        out += separator + std::to_string(value);
        separator = ' ';
      }
      out += ']';
      break;
    }
    case flag:
      out += *(s.*key.flag) ? "true" : "false";
      break;
    case fraction:
      append_go_float(out, *s.gc_cpu_fraction, GoFloatForm::shortest);
      break;
    case max_rss:
      out += std::to_string(*s.max_rss);
      break;
  }
}

}  // namespace

std::span<const SectionKey> section_keys() { return keys; }

SectionLine match_section_line(LineScanner& line, Snapshot& snapshot) {
  LineScanner ahead = line;
  std::string_view name;
  if (!ahead.skip("# ") || !ahead.text_until(" ", name) || !ahead.skip(" = ")) {
    line.expect("a line '# Key = value' of MemStats");
    return {};
  }
  const auto* const key = std::ranges::find(keys, name, &SectionKey::name);
  if (key == std::end(keys)) {
    line.expect("a field of MemStats");
    return {};
  }
  line = ahead;
  if (!match_value(line, *key, snapshot)) return {nullptr, true};
  return {key, false};
}

bool has_key(const Snapshot& snapshot, const SectionKey& key) {
  switch (key.value) {
    case number:
    case inuse_and_sys:
      return snapshot.has.contains(key.number);
    case list:
      return !(snapshot.*key.list).empty();
    case flag:
      return (snapshot.*key.flag).has_value();
    case fraction:
      return snapshot.gc_cpu_fraction.has_value();
    case max_rss:
      return snapshot.max_rss.has_value();
  }
  return false;
}

ReleaseSpan releases_of_section(const Snapshot& snapshot) {
  ReleaseSpan span;
  for (const SectionKey& key : keys) {
    if (has_key(snapshot, key)) span = span.intersected(key.releases);
  }
  return span;
}

void append_mem_stats_section(std::string& out, const Snapshot& snapshot) {
  out += mem_stats_heading;
  out += '\n';
  for (const SectionKey& key : keys) {
    if (!has_key(snapshot, key)) continue;
    out += "# ";
    out += key.name;
    out += " = ";
    append_value(out, key, snapshot);
    out += '\n';
  }
}

}  // namespace heaplaw::evidence
