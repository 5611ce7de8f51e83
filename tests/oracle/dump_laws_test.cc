// Each law on dumps holds of a healthy subject and is broken by a planted one; a law without a
// plant fails.
#include "oracle/laws/dump_laws.h"

#include <functional>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

// What judging every law of the list finds, by id.
template <typename Subject>
std::map<std::string_view, std::size_t> broken(std::span<const DumpLaw<Subject>> laws,
                                               const Subject& subject) {
  std::map<std::string_view, std::size_t> out;
  for (const DumpLaw<Subject>& law : laws) {
    DumpFindings findings;
    findings.begin(law.text);
    law.judge(subject, findings);
    if (findings.total() > 0) out[law.text.id] = findings.total();
  }
  return out;
}

template <typename Subject>
struct Plant {
  std::string_view law;
  void (*spoil)(Subject&);
};

// Every law has a plant that breaks it and no other exact one; healthy subjects break none.
template <typename Subject, std::size_t count>
void expect_each_caught(std::span<const DumpLaw<Subject>> laws, const Subject& healthy,
                        const Plant<Subject> (&plants)[count]) {
  EXPECT_TRUE(broken(laws, healthy).empty());
  std::set<std::string_view> planted;
  for (const Plant<Subject>& plant : plants) {
    Subject subject = healthy;
    plant.spoil(subject);
    EXPECT_EQ(broken(laws, subject).count(plant.law), 1) << plant.law;
    planted.insert(plant.law);
  }
  for (const DumpLaw<Subject>& law : laws) {
    EXPECT_TRUE(planted.contains(law.text.id)) << "no fault is planted for " << law.text.id;
  }
}

GcLine healthy_gc() {
  return {.form = GcLine::Form::with_roots,
          .number = 7,
          .at_ms = 1000,
          .percent = 3,
          .clock_mark = 6100,
          .clock_mark_term = 110,
          .cpu_mark_term = 230,
          .heap_start = 10,
          .heap_end = 12,
          .heap_marked = 8,
          .goal = 14,
          .procs = 2};
}

const Plant<GcLine> gc_plants[] = {
    {"trace-heap-grows-while-marking", [](GcLine& g) { g.heap_start = 14; }},
    {"trace-marks-within-heap", [](GcLine& g) { g.heap_marked = 14; }},
    {"trace-cpu-within-procs", [](GcLine& g) { g.cpu_mark_term = 250; }},
    {"trace-share-of-cpu", [](GcLine& g) { g.percent = 101; }},
    {"trace-someone-collects", [](GcLine& g) { g.procs = 0; }},
    {"trace-someone-collects", [](GcLine& g) { g.number = 0; }},
    {"trace-starts-within-goal", [](GcLine& g) { g.goal = 4; }},
    {"trace-times-did-not-wrap", [](GcLine& g) { g.clock_mark = 18446744073709000; }},
};

TEST(DumpLaws, CatchEachFaultInAGcLine) {
  expect_each_caught(laws_of_gc_lines(), healthy_gc(), gc_plants);
}

TEST(DumpLaws, AllowWhatRoundingHides) {
  GcLine g = healthy_gc();
  g.heap_start = 13;  // of 12, rounded down
  g.heap_marked = 13;
  g.cpu_mark_term = 240;  // 2 Ps, up to 119.999 us
  EXPECT_TRUE(broken(laws_of_gc_lines(), g).empty());
}

struct Steps {
  GcLine before = healthy_gc();
  GcLine now = healthy_gc();
};

TEST(DumpLaws, CatchEachFaultBetweenGcLines) {
  const std::map<std::string_view, std::function<void(Steps&)>> plants = {
      {"trace-time-goes-on", [](Steps& s) { s.now.at_ms = 999; }},
      {"trace-within-two-minutes", [](Steps& s) { s.now.at_ms = 131001; }},
      {"trace-begins-where-it-ended", [](Steps& s) { s.before.heap_marked = 12; }},
  };
  const Steps healthy;
  EXPECT_TRUE(broken(laws_of_gc_steps(), GcStep{healthy.before, healthy.now}).empty());
  for (const auto& law : laws_of_gc_steps()) {
    ASSERT_TRUE(plants.contains(law.text.id)) << law.text.id;
    Steps steps;
    plants.at(law.text.id)(steps);
    EXPECT_EQ(broken(laws_of_gc_steps(), GcStep{steps.before, steps.now}).count(law.text.id), 1)
        << law.text.id;
  }
}

TEST(DumpLaws, WithGogcOffNobodyWaitsForACollection) {
  Steps s;
  s.now.at_ms = 10'000'000;
  s.now.goal = 17592186044415;
  EXPECT_TRUE(broken(laws_of_gc_steps(), GcStep{s.before, s.now}).empty());
}

const Plant<OldGcLine> old_plants[] = {
    {"old-trace-objects-are-difference", [](OldGcLine& g) { g.objects = 4; }},
    {"old-trace-heap-does-not-grow", [](OldGcLine& g) { g.heap_after = 12; }},
};

TEST(DumpLaws, CatchEachFaultInAnOldGcLine) {
  const OldGcLine healthy{
      .heap_before = 10, .heap_after = 11, .objects = 3, .mallocs = 10, .frees = 7};
  expect_each_caught(laws_of_old_gc_lines(), healthy, old_plants);
  OldGcLine later = healthy;  // there the second figure is what the next collection found
  later.form = OldGcLine::Form::go1_3;
  later.heap_after = 500;
  EXPECT_TRUE(broken(laws_of_old_gc_lines(), later).empty());
}

TEST(DumpLaws, CatchFallingCountersOfTheCRuntime) {
  const OldGcLine before{.mallocs = 10, .frees = 7};
  const OldGcLine now{.mallocs = 12, .frees = 6};
  EXPECT_TRUE(broken(laws_of_old_gc_steps(), OldGcStep{before, before}).empty());
  EXPECT_EQ(broken(laws_of_old_gc_steps(), OldGcStep{before, now}).size(),
            laws_of_old_gc_steps().size());
}

const Plant<ScvgLine> scvg_plants[] = {
    // inuse 12, idle 13, sys 14: a line that somebody made up
    {"scvg-sys-is-sum", [](ScvgLine& s) { s.sys = 14; }},
    {"scvg-sys-is-sum", [](ScvgLine& s) { s.sys = 65; }},
    {"scvg-consumed-is-difference", [](ScvgLine& s) { s.consumed = 61; }},
    {"scvg-released-within-idle", [](ScvgLine& s) { s.released = 41; }},
};

TEST(DumpLaws, CatchEachFaultInAScvgLine) {
  const ScvgLine healthy{.inuse = 22, .idle = 40, .sys = 63, .released = 0, .consumed = 63};
  expect_each_caught(laws_of_scvg_lines(), healthy, scvg_plants);
  const ScvgLine hostile{.inuse = ~0ULL, .idle = ~0ULL, .sys = 1, .released = ~0ULL};
  EXPECT_GT(broken(laws_of_scvg_lines(), hostile).size(), 0);
}

const Plant<ScavLine> scav_plants[] = {
    {"scav-utilization", [](ScavLine& s) { s.utilization = 101; }},
    {"scav-forced-is-eager", [](ScavLine& s) { s.work = 4; }},
};

TEST(DumpLaws, CatchEachFaultInAScavLine) {
  const ScavLine healthy{
      .form = ScavLine::Form::eager, .mark = ScavLine::Mark::forced, .utilization = 100};
  expect_each_caught(laws_of_scav_lines(), healthy, scav_plants);
}

Snapshot healthy_snapshot() {
  Snapshot s;
  s.pause_ns.assign(256, 0);
  s.pause_end.assign(256, 0);
  s.pause_ns[0] = 30;
  s.pause_ns[1] = 12;
  s.pause_end[1] = 1795241975224433949;
  s.set(&MemStats::num_gc, 2);
  s.set(&MemStats::pause_total_ns, 42);
  s.set(&MemStats::last_gc, 1795241975224433949);
  s.gc_cpu_fraction = 0.25;
  s.enable_gc = true;
  s.debug_gc = false;
  return s;
}

const Plant<Snapshot> snapshot_plants[] = {
    {"pauses-add-up", [](Snapshot& s) { s.stats.pause_total_ns = 41; }},
    {"no-pause-beyond-the-last", [](Snapshot& s) { s.pause_ns[2] = 1; }},
    {"last-gc-is-last-pause", [](Snapshot& s) { s.stats.last_gc += 257; }},
    {"flags-are-constant", [](Snapshot& s) { s.debug_gc = true; }},
    {"flags-are-constant", [](Snapshot& s) { s.enable_gc = false; }},
    {"fraction-is-a-share", [](Snapshot& s) { s.gc_cpu_fraction = -8.07e-06; }},
};

TEST(DumpLaws, CatchEachFaultInASnapshot) {
  expect_each_caught(laws_of_snapshots(), healthy_snapshot(), snapshot_plants);
  Snapshot wrapped = healthy_snapshot();  // the ring holds only the last 256
  wrapped.set(&MemStats::num_gc, 258);
  wrapped.stats.pause_total_ns = 5000;
  EXPECT_TRUE(broken(laws_of_snapshots(), wrapped).empty());
}

const Plant<ProfileCounts> record_plants[] = {
    {"profile-bytes-need-objects", [](ProfileCounts& c) { c.live_objects = 0; }},
    {"profile-bytes-need-objects", [](ProfileCounts& c) { c.all_objects = 0; }},
    {"profile-live-within-all", [](ProfileCounts& c) { c.live_bytes = 17; }},
};

TEST(DumpLaws, CatchEachFaultInARecord) {
  expect_each_caught(laws_of_profile_records(), ProfileCounts{1, 8, 2, 16}, record_plants);
  EXPECT_TRUE(broken(laws_of_profile_records(), ProfileCounts{-1, -8, 2, 16}).empty());
}

const Plant<ProfileTotals> profile_plants[] = {
    {"profile-header-is-sum", [](ProfileTotals& p) { p.header.live_objects = 2; }},
    {"profile-header-is-sum", [](ProfileTotals& p) { p.header.all_bytes = 17; }},
    {"profile-rate-is-even", [](ProfileTotals& p) { p.twice_rate = 3; }},
};

TEST(DumpLaws, CatchEachFaultInAProfile) {
  const ProfileTotals healthy{{1, 8, 2, 16}, {1, 8, 2, 16}, 1048576, {}};
  expect_each_caught(laws_of_profiles(), healthy, profile_plants);
}

TEST(DumpLaws, AnEmptyProfileHasOneByteSince120) {
  ProfileTotals empty{{0, 0, 0, 1}, {}, 0, {}};
  EXPECT_TRUE(broken(laws_of_profiles(), empty).empty());
  empty.releases = {9, 19};
  EXPECT_EQ(broken(laws_of_profiles(), empty).count("profile-header-is-sum"), 1);
}

TEST(DumpLaws, AreAllInTheBook) {
  std::size_t laws = 0;
  for (const DumpChapter& chapter : dump_chapters()) laws += chapter.laws.size();
  EXPECT_EQ(laws, laws_of_gc_lines().size() + laws_of_gc_steps().size() +
                      laws_of_old_gc_lines().size() + laws_of_old_gc_steps().size() +
                      laws_of_scvg_lines().size() + laws_of_scav_lines().size() +
                      laws_of_snapshots().size() + laws_of_profile_records().size() +
                      laws_of_profiles().size());
}

// Laws on heaps that need a history, a map or a release's figures are not for dumps; of the others
// each is used, or named here with the reason.
TEST(DumpLaws, UseTheLawsOnHeapsThatADumpCanAnswer) {
  const std::set<std::string_view> unused = {
      // The size of a record differs between 32 and 64 bits, which dumps do not tell.
      "whole-span-records", "whole-cache-records", "records-by-chunk",
      // The address space of span tables is given back: MS-19 says nearly.
      "sys-never-falls"};
  std::set<std::string_view> used;
  for (const SnapshotUse& use : snapshot_uses()) used.insert(use.law->text.id);
  for (const HeapChapter& chapter : heap_chapters()) {
    if (chapter.needs != Needs::snapshot && chapter.needs != Needs::two_snapshots) continue;
    for (const HeapLaw& law : chapter.laws) {
      EXPECT_NE(used.contains(law.text.id), unused.contains(law.text.id)) << law.text.id;
    }
  }
}

}  // namespace
}  // namespace heaplaw::oracle
