#include "evidence/explanation/ledger.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "evidence/mem_stats_value.h"
#include "vocabulary/line_reader.h"

namespace heaplaw::evidence {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Bounds of(const Ledger& ledger, Part part) {
  const LedgerLine* line = ledger.find(part);
  return line ? line->bytes : Bounds{1, 0};
}

// The lines of MemStats that real programs of 14 releases printed.
std::vector<Observation> real_ones() {
  std::vector<Observation> found;
  for (const DumpFile& dump : dumps_named(".jsonl")) {
    LineReader lines(dump.text, dump.name, 1 << 16);
    std::string_view line;
    while (lines.next(line)) {
      const MemStatsValue value = parse_mem_stats_value(line, lines.place());
      Observation o{.figures = figures_of(value.snapshot, value.releases)};
      o.contradictions = settle(o.figures);
      found.push_back(std::move(o));
    }
  }
  return found;
}

TEST(Ledger, OfRealSnapshotsAddsUpToSys) {
  int whole = 0;
  for (Observation& o : real_ones()) {
    for (const std::uint64_t rss : {0U, 1U << 20U, 1U << 31U}) {
      o.rss = rss;
      o.virt = std::uint64_t{1} << 40U;
      const Ledger ledger = ledger_of(o);
      EXPECT_THAT(faults_of(ledger), IsEmpty());
      if (!o.figures.sys) continue;
      EXPECT_EQ(of(ledger, Part::sys), *o.figures.sys);
      EXPECT_EQ(of(ledger, Part::held) + of(ledger, Part::returned), *o.figures.sys);
      ++whole;
    }
  }
  EXPECT_GT(whole, 200);
}

Observation simple() {
  const auto is = Bounds::exactly;
  Observation o;
  Figures& f = o.figures;
  f.sys = is(1000);
  f.heap_alloc = is(300);
  f.heap_inuse = is(400);
  f.heap_idle = is(200);
  f.heap_sys = is(600);
  f.heap_released = is(120);
  f.stack_inuse = is(90);
  f.stack_sys = is(100);
  f.mspan_inuse = is(10);
  f.mspan_sys = is(20);
  f.mcache_sys = is(30);
  f.buck_hash_sys = is(40);
  f.gc_sys = is(50);
  f.other_sys = is(160);
  f.releases = ReleaseSpan::since(19);
  return o;
}

TEST(Ledger, NamesEachPartOnce) {
  const Ledger ledger = ledger_of(simple());
  EXPECT_EQ(of(ledger, Part::held), Bounds::exactly(880));
  EXPECT_EQ(of(ledger, Part::inuse), Bounds::exactly(400));
  EXPECT_EQ(of(ledger, Part::unused), Bounds::exactly(100));
  EXPECT_EQ(of(ledger, Part::idle), Bounds::exactly(80));
  EXPECT_EQ(of(ledger, Part::os_stacks), Bounds::exactly(10));
  EXPECT_EQ(of(ledger, Part::returned), Bounds::exactly(120));
  EXPECT_FALSE(ledger.find(Part::untold));
  EXPECT_FALSE(ledger.find(Part::rss));
  EXPECT_THAT(faults_of(ledger), IsEmpty());
}

TEST(Ledger, WhatIsNotToldIsALineOfItsOwn) {
  Observation o = simple();
  o.figures.gc_sys.reset();
  o.figures.buck_hash_sys.reset();
  const Ledger ledger = ledger_of(o);
  EXPECT_EQ(of(ledger, Part::untold), Bounds::exactly(90));
  EXPECT_THAT(faults_of(ledger), IsEmpty());
}

TEST(Ledger, WithoutSysItIsTheSumOfWhatIsTold) {
  Observation o = simple();
  o.figures.sys.reset();
  o.figures.other_sys.reset();
  const Ledger ledger = ledger_of(o);
  EXPECT_EQ(of(ledger, Part::sys), Bounds::exactly(840));
  EXPECT_THAT(ledger.find(Part::sys)->note, HasSubstr("not told"));
  EXPECT_THAT(faults_of(ledger), IsEmpty());
}

TEST(Ledger, RssAboveWhatGoHoldsIsNotGos) {
  Observation o = simple();
  o.rss = 1500;
  const Ledger ledger = ledger_of(o);
  EXPECT_EQ(of(ledger, Part::resident), (Bounds{0, 880}));
  EXPECT_EQ(of(ledger, Part::outside), (Bounds{620, 1500}));
  EXPECT_FALSE(ledger.find(Part::absent));
}

TEST(Ledger, UnlessReturnedMemoryMayBeResident) {
  Observation o = simple();
  o.rss = 1500;
  o.figures.releases = {13, 13};
  EXPECT_EQ(of(ledger_of(o), Part::outside), (Bounds{500, 1500}));
}

TEST(Ledger, RssBelowLeavesAPartThatIsNotResident) {
  Observation o = simple();
  o.rss = 500;
  o.virt = 7000;
  const Ledger ledger = ledger_of(o);
  EXPECT_EQ(of(ledger, Part::absent), (Bounds{380, 880}));
  EXPECT_EQ(of(ledger, Part::beyond_go), Bounds::exactly(6000));
}

TEST(Ledger, OfATraceAddsUpWithinItsMiB) {
  Observation o;
  constexpr std::uint64_t mib = 1024 * 1024;
  o.figures.heap_inuse = Bounds::floored(835, mib);
  o.figures.heap_idle = Bounds::floored(188, mib);
  o.figures.heap_released = Bounds::floored(17, mib);
  o.figures.heap_alloc = Bounds::floored(800, mib);
  o.figures.marked = Bounds::floored(400, mib);
  o.rss = 1000 * mib;
  EXPECT_THAT(settle(o.figures), IsEmpty());
  EXPECT_THAT(faults_of(ledger_of(o)), IsEmpty());
}

TEST(Ledger, AFaultIsFound) {
  Ledger ledger = ledger_of(simple());
  const auto spoil = [&](Part part, Bounds bytes) {
    Ledger spoilt = ledger;
    for (LedgerLine& line : spoilt.lines) {
      if (line.part == part) line.bytes = bytes;
    }
    return faults_of(spoilt).size();
  };
  EXPECT_GT(spoil(Part::idle, Bounds::exactly(81)), 0);
  EXPECT_GT(spoil(Part::sys, Bounds::exactly(999)), 0);
  EXPECT_GT(spoil(Part::live, (Bounds{0, 301})), 0);
  EXPECT_GT(spoil(Part::garbage, (Bounds{20, 10})), 0);
  EXPECT_EQ(spoil(Part::idle, Bounds::exactly(80)), 0);
}

TEST(Ledger, EachPartHasItsText) {
  std::set<std::string_view> ids;
  for (const PartText& text : part_texts()) {
    EXPECT_EQ(&text_of(text.part), &text);
    EXPECT_TRUE(ids.insert(text.id).second) << text.id;
    EXPECT_FALSE(text.title.empty() || text.rule.empty() || text.source.empty()) << text.id;
    for (const Remedy remedy : text.remedies) EXPECT_FALSE(name_of(remedy).empty());
  }
  EXPECT_EQ(ids.size(), 26);
}

}  // namespace
}  // namespace heaplaw::evidence
