#include "vocabulary/snapshot.h"

#include <bit>

#include "vocabulary/check.h"

namespace heaplaw {

namespace {

// BySize has no row in mem_stats_fields(); its bit is the one after.
std::size_t by_size_number() { return mem_stats_fields().size(); }

struct LastSize {
  std::uint64_t size;
  ReleaseSpan releases;
};
// The size of the last entry of BySize (formats, 5).
constexpr LastSize last_sizes[] = {
    {32768, {0, 2}}, {17664, {3, 7}}, {19072, {8, 15}}, {18432, ReleaseSpan::since(16)}};

}  // namespace

std::size_t field_number(std::uint64_t MemStats::*member) {
  const auto fields = mem_stats_fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].member == member) return i;
  }
  HEAPLAW_CHECK(false, "no field of MemStats");
  return 0;
}

FieldSet::FieldSet(std::initializer_list<std::uint64_t MemStats::*> members) {
  for (const auto member : members) insert(field_number(member));
}

FieldSet FieldSet::all() {
  FieldSet set = by_size();
  for (std::size_t i = 0; i < mem_stats_fields().size(); ++i) set.insert(i);
  return set;
}

FieldSet FieldSet::by_size() {
  FieldSet set;
  set.insert(by_size_number());
  return set;
}

bool FieldSet::contains(std::uint64_t MemStats::*member) const {
  return contains(field_number(member));
}

std::size_t FieldSet::size() const { return static_cast<std::size_t>(std::popcount(bits_)); }

FieldSet FieldSet::without(const FieldSet& other) const {
  FieldSet rest;
  rest.bits_ = bits_ & ~other.bits_;
  return rest;
}

std::string FieldSet::names() const {
  std::string out;
  const auto add = [&](std::string_view name) {
    if (!out.empty()) out += ", ";
    out += name;
  };
  for (std::size_t i = 0; i < mem_stats_fields().size(); ++i) {
    if (contains(i)) add(mem_stats_fields()[i].name);
  }
  if (contains(by_size_number())) add("BySize");
  return out;
}

void Snapshot::set(std::size_t field, std::uint64_t value) {
  stats.*mem_stats_fields()[field].member = value;
  has.insert(field);
}

ReleaseSpan releases_of(const Snapshot& snapshot) {
  ReleaseSpan span;
  const auto narrow = [&](const ReleaseSpan& by) { span = span.intersected(by); };
  const auto has = [&](std::uint64_t MemStats::*member) { return snapshot.has.contains(member); };

  if (has(&MemStats::gc_sys)) narrow(ReleaseSpan::since(2));
  if (!snapshot.pause_end.empty()) narrow(ReleaseSpan::since(4));
  if (snapshot.gc_cpu_fraction) narrow(ReleaseSpan::since(5));
  if (has(&MemStats::num_forced_gc)) narrow(ReleaseSpan::since(8));
  if (snapshot.max_rss) narrow(ReleaseSpan::since(15));
  if (has(&MemStats::lookups) && snapshot.stats.lookups != 0) narrow({0, 10});
  if (snapshot.has.covers(FieldSet::by_size())) {
    for (const LastSize& known : last_sizes) {
      if (snapshot.stats.by_size.back().size == known.size) narrow(known.releases);
    }
  }
  return span;
}

}  // namespace heaplaw
