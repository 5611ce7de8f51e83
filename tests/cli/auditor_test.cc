// Every law that the audit evaluates is broken by a dump that was planted for it, as text, through
// the same reader that people's files go through.
#include "cli/audit/auditor.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "csv.h"
#include "dumps.h"
#include "evidence/evidence_reader.h"
#include "evidence/mem_stats_value.h"

namespace heaplaw::cli {
namespace {

std::map<std::string_view, const LawResult*> results(const Auditor& auditor) {
  std::map<std::string_view, const LawResult*> out;
  for (const LawResult& result : auditor.laws()) out[result.law->id] = &result;
  return out;
}

struct Planted {
  std::string_view law;
  std::string text;
};

// The n-th line of MemStats of a dump, with one figure changed.
std::string spoilt(const std::string& dump, int n, void (*spoil)(Snapshot&)) {
  const std::string text = read_dump(dump);
  std::size_t begin = 0;
  for (int i = 0; i < n; ++i) begin = text.find('\n', begin) + 1;
  const std::string line = text.substr(begin, text.find('\n', begin) - begin);
  auto value = evidence::parse_mem_stats_value(line, {dump, 1});
  spoil(value.snapshot);
  return evidence::print(value) + "\n";
}

constexpr const char* go1_19 = "go1.19.8/17-memstats-seq.jsonl";

// After the line as it was, where the law is about two.
std::string snapshot_with(void (*spoil)(Snapshot&), bool two = false) {
  return (two ? spoilt(go1_19, 2, [](Snapshot&) {}) : "") + spoilt(go1_19, 2, spoil);
}

using S = Snapshot;

std::vector<Planted> planted_snapshots() {
  const auto one = [](void (*spoil)(S&)) { return snapshot_with(spoil); };
  const auto two = [](void (*spoil)(S&)) { return snapshot_with(spoil, true); };
  return {
      {"sys-is-sum", one([](S& s) { s.stats.sys += 1; })},
      {"heap-sys-is-sum", one([](S& s) { s.stats.heap_sys += 8192; })},
      {"released-within-idle", one([](S& s) { s.stats.heap_released = s.stats.heap_idle + 8192; })},
      {"alloc-within-inuse", one([](S& s) { s.stats.heap_alloc = s.stats.heap_inuse + 1; })},
      {"alloc-is-heap-alloc", one([](S& s) { s.stats.alloc += 8; })},
      {"objects-are-difference", one([](S& s) { s.stats.heap_objects += 1; })},
      {"frees-within-mallocs", one([](S& s) { s.stats.frees = s.stats.mallocs + 1; })},
      {"alloc-within-total", one([](S& s) { s.stats.total_alloc = s.stats.heap_alloc - 1; })},
      {"whole-pages", one([](S& s) { s.stats.heap_idle += 1; })},
      {"stacks-within-sys", one([](S& s) { s.stats.stack_sys = s.stats.stack_inuse - 1; })},
      {"span-records-within-sys", one([](S& s) { s.stats.mspan_sys = s.stats.mspan_inuse - 1; })},
      {"cache-records-within-sys", one([](S& s) { s.stats.mcache_sys = 0; })},
      {"objects-take-room", one([](S& s) { s.stats.heap_objects = s.stats.heap_alloc; })},
      {"nothing-wrapped", one([](S& s) { s.stats.heap_idle = ~std::uint64_t{8191}; })},
      {"nothing-freed-before-a-collection", one([](S& s) {
         s.stats.num_gc = 0;
         s.stats.total_alloc += 8;
       })},
      {"forced-within-collections", one([](S& s) { s.stats.num_forced_gc = 1000; })},
      {"by-size-sizes-are-classes", one([](S& s) { s.stats.by_size[3].size = 25; })},
      {"by-size-class-zero-is-empty", one([](S& s) { s.stats.by_size[0].mallocs = 1; })},
      {"by-size-frees-within-mallocs", one([](S& s) { s.stats.by_size[60].frees = 1 << 20; })},
      {"by-size-mallocs-within-all", one([](S& s) { s.stats.by_size[5].mallocs += 1 << 30; })},
      {"by-size-frees-within-all", one([](S& s) { s.stats.by_size[5].frees += 1 << 30; })},
      {"by-size-bytes-within-total", one([](S& s) { s.stats.by_size[5].mallocs += 1 << 30; })},
      {"by-size-freed-within-difference", one([](S& s) { s.stats.by_size[5].frees += 1 << 30; })},
      {"by-size-live-within-alloc", one([](S& s) { s.stats.by_size[5].mallocs += 1 << 30; })},
      {"by-size-rest-is-larger", one([](S& s) { s.stats.heap_objects += 1 << 30; })},
      {"mallocs-never-falls", two([](S& s) { s.stats.mallocs -= 1; })},
      {"frees-never-falls", two([](S& s) { s.stats.frees -= 1; })},
      {"total-alloc-never-falls", two([](S& s) { s.stats.total_alloc -= 1; })},
      {"num-gc-never-falls", two([](S& s) { s.stats.num_gc -= 1; })},
      // 0 at that moment, so that the earlier line is the spoilt one.
      {"num-forced-gc-never-falls", one([](S& s) { s.stats.num_forced_gc += 1; }) + one([](S&) {})},
      {"pause-total-never-falls", two([](S& s) { s.stats.pause_total_ns -= 1; })},
      {"last-gc-never-falls", two([](S& s) { s.stats.last_gc -= 1; })},
      {"lookups-never-falls",
       spoilt("other-releases/go1.8.7-json.jsonl", 1, [](S& s) { s.stats.lookups += 1; }) +
           spoilt("other-releases/go1.8.7-json.jsonl", 1, [](S&) {})},
      {"mspan-sys-never-falls", two([](S& s) { s.stats.mspan_sys -= 1; })},
      {"mcache-sys-never-falls", two([](S& s) { s.stats.mcache_sys -= 1; })},
      {"buck-hash-sys-never-falls", two([](S& s) { s.stats.buck_hash_sys -= 1; })},
      {"by-size-mallocs-never-fall", two([](S& s) { s.stats.by_size[2].mallocs -= 1; })},
      {"by-size-frees-never-fall", two([](S& s) { s.stats.by_size[2].frees -= 1; })},
      {"pauses-add-up", one([](S& s) { s.stats.pause_total_ns += 1; })},
      {"no-pause-beyond-the-last", one([](S& s) { s.pause_ns[255] = 1; })},
      {"last-gc-is-last-pause", one([](S& s) { s.stats.last_gc += 1000; })},
      {"flags-are-constant", one([](S& s) { s.debug_gc = true; })},
      {"fraction-is-a-share", one([](S& s) { s.gc_cpu_fraction = -0.5; })},
  };
}

std::string gc(const char* number_and_time, const char* rest = "4->5->3 MB, 5 MB goal",
               const char* mark_term = "0.10", const char* cpu_term = "0.20",
               const char* share = "0") {
  return fmt::format("gc {}s {}%: 0.10+1.0+{} ms clock, 0.20+0/1.0/0+{} ms cpu, {}, 2 P\n",
                     number_and_time, share, mark_term, cpu_term, rest);
}

const std::string old_tail = " objects, 0(0) handoff, 0(0) steal, 0/0/0 yields\n";

std::vector<Planted> planted_traces() {
  return {
      {"trace-heap-grows-while-marking", gc("1 @0.100", "9->5->3 MB, 9 MB goal")},
      {"trace-marks-within-heap", gc("1 @0.100", "4->5->9 MB, 5 MB goal")},
      {"trace-cpu-within-procs", gc("1 @0.100", "4->5->3 MB, 5 MB goal", "0.10", "0.30")},
      {"trace-share-of-cpu", gc("1 @0.100", "4->5->3 MB, 5 MB goal", "0.10", "0.20", "101")},
      {"trace-someone-collects", gc("0 @0.100")},
      {"trace-starts-within-goal", gc("1 @0.100", "101->102->101 MB, 4 MB goal")},
      {"trace-times-did-not-wrap",
       gc("1 @0.100", "4->5->3 MB, 5 MB goal", "18446744073709", "0.20")},
      {"trace-time-goes-on", gc("1 @0.200") + gc("2 @0.100")},
      {"trace-within-two-minutes", gc("1 @0.100") + gc("2 @200.000")},
      {"trace-begins-where-it-ended",
       gc("1 @0.100", "9->9->9 MB, 9 MB goal") + gc("2 @0.200", "4->9->9 MB, 9 MB goal")},
      {"old-trace-objects-are-difference",
       "gc1(1): 0+0+0 ms, 1 -> 1 MB 93 -> 92 (115-22)" + old_tail},
      {"old-trace-heap-does-not-grow", "gc1(1): 0+0+0 ms, 1 -> 9 MB 93 -> 93 (115-22)" + old_tail},
      {"old-trace-counters-never-fall", "gc1(1): 0+0+0 ms, 1 -> 1 MB 93 -> 93 (115-22)" + old_tail +
                                            "gc2(1): 0+0+0 ms, 1 -> 1 MB 93 -> 95 (116-21)" +
                                            old_tail},
      {"scvg-sys-is-sum", "scvg0: inuse: 12, idle: 13, sys: 14, released: 0, consumed: 14 (MB)\n"},
      {"scvg-consumed-is-difference",
       "scvg0: inuse: 12, idle: 13, sys: 25, released: 5, consumed: 25 (MB)\n"},
      {"scvg-released-within-idle",
       "scvg0: inuse: 12, idle: 13, sys: 25, released: 14, consumed: 11 (MB)\n"},
      {"scav-utilization", "scav 0 KiB work, 5 KiB total, 101% util\n"},
      {"scav-forced-is-eager",
       "scav 4 KiB work (bg), 0 KiB work (eager), 5 KiB now, 96% util (forced)\n"},
      {"profile-bytes-need-objects", "heap profile: 0: 8 [1: 8] @ heap/2\n0: 8 [1: 8] @ 0x1\n"},
      {"profile-live-within-all", "heap profile: 2: 16 [1: 8] @ heap/2\n2: 16 [1: 8] @ 0x1\n"},
      {"profile-header-is-sum", "heap profile: 2: 16 [2: 16] @ heap/2\n1: 8 [2: 16] @ 0x1\n"},
      {"profile-rate-is-even", "heap profile: 1: 8 [2: 16] @ heap/3\n1: 8 [2: 16] @ 0x1\n"},
  };
}

TEST(Auditor, EveryLawIsBrokenByADumpPlantedForIt) {
  std::set<std::string_view> planted;
  std::vector<Planted> all = planted_snapshots();
  std::ranges::copy(planted_traces(), std::back_inserter(all));
  for (const Planted& p : all) {
    Auditor auditor;
    evidence::read_evidence(p.text, auditor);
    const auto found = results(auditor);
    ASSERT_TRUE(found.contains(p.law)) << p.law;
    const LawResult& result = *found.at(p.law);
    EXPECT_GT(result.violated, 0) << p.law << " is not broken by\n" << p.text.substr(0, 300);
    const bool advisory = result.law->strength == oracle::Strength::advisory;
    EXPECT_NE(result.fails(), advisory) << p.law;
    planted.insert(p.law);
  }
  const Auditor fresh;
  for (const LawResult& result : fresh.laws()) {
    EXPECT_TRUE(planted.contains(result.law->id)) << "no dump breaks " << result.law->id;
  }
}

TEST(Auditor, RealDumpsBreakNoLawButOne) {
  std::size_t evaluations = 0;
  std::set<std::string_view> evaluated;
  for (const DumpFile& dump : dumps_named("")) {
    Auditor auditor;
    evidence::read_evidence(dump.text, auditor);
    EXPECT_GT(auditor.evaluations(), 0) << dump.name;
    EXPECT_EQ(auditor.refused_count(), 0) << dump.name;
    // 32-bit programs of Go 1.16 count large bytes in 32 bits.
    EXPECT_EQ(auditor.fails(), dump.name == "other-releases/go1.16.15-386.jsonl") << dump.name;
    evaluations += auditor.evaluations();
    for (const LawResult& r : auditor.laws()) {
      if (r.evaluated > 0) evaluated.insert(r.law->id);
    }
  }
  EXPECT_GT(evaluations, 9000);
  const Auditor fresh;
  EXPECT_EQ(evaluated.size(), fresh.laws().size()) << "some law was never evaluated";
}

// Forms with their numbers, the release, laws evaluated and broken: as the index says, nothing
// else.
TEST(Auditor, FindsInEachDumpWhatTheIndexSays) {
  using Count = std::map<std::string, std::uint64_t>;
  struct Expected {
    Count forms;
    std::optional<Release> release;
    std::string laws;
    std::string broken;
  };
  std::map<std::string, Expected> index;
  for (const auto& row : test::read_csv(HEAPLAW_CORPUS "/dumps/index.csv")) {
    Expected& expected = index[row[0]];
    expected.release = Release::try_parse(row[1]);
    expected.forms[row[2]] = std::stoull(row[3]);
    expected.laws = row[4];
    expected.broken = row[5];
  }
  for (const DumpFile& dump : dumps_named("")) {
    ASSERT_TRUE(index.contains(dump.name)) << dump.name << " is not in the index";
    const Expected& expected = index.at(dump.name);
    ASSERT_TRUE(expected.release) << dump.name;
    Auditor auditor;
    evidence::read_evidence(dump.text, auditor);
    Count forms;
    for (const auto& [name, form] : auditor.forms()) {
      if (form.count == 0) continue;
      forms[name] = form.count;
      EXPECT_TRUE(form.releases.contains(expected.release->minor()))
          << dump.name << ": " << name << " of " << to_string(form.releases);
    }
    EXPECT_EQ(forms, expected.forms) << dump.name;
    const auto evaluated = [](const LawResult& r) { return r.evaluated > 0; };
    EXPECT_EQ(std::to_string(std::ranges::count_if(auditor.laws(), evaluated)), expected.laws)
        << dump.name;
    EXPECT_EQ(std::to_string(std::ranges::count_if(auditor.laws(), &LawResult::fails)),
              expected.broken)
        << dump.name;
    index.erase(dump.name);
  }
  EXPECT_TRUE(index.empty()) << index.begin()->first << " is in the index alone";
}

TEST(Auditor, FiguresOfRuntimeMetricsMayDisagreeALittle) {
  const std::string scrape =
      "go_info{version=\"go1.22.4\"} 1\ngo_memstats_heap_alloc_bytes 8200\n"
      "go_memstats_heap_inuse_bytes 8192\n";
  Auditor auditor;
  evidence::read_evidence(scrape, auditor);
  EXPECT_EQ(results(auditor)["alloc-within-inuse"]->violated, 1);
  EXPECT_FALSE(auditor.fails());
  Auditor older;
  evidence::read_evidence("go_info{version=\"go1.16\"} 1\n" + scrape.substr(scrape.find('\n') + 1),
                          older);
  EXPECT_TRUE(older.fails());
}

TEST(Auditor, SaysWhatItCouldNotCheck) {
  Auditor auditor;
  evidence::read_evidence("HeapIdle: 8192 HeapReleased: 0\n", auditor);
  const auto found = results(auditor);
  EXPECT_EQ(found.at("released-within-idle")->evaluated, 1);
  EXPECT_EQ(found.at("heap-sys-is-sum")->unchecked.begin()->first, "lacks HeapSys, HeapInuse");
  EXPECT_EQ(found.at("mallocs-never-falls")->unchecked.size(), 0);
}

}  // namespace
}  // namespace heaplaw::cli
