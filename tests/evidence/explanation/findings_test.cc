// Each finding is seen for figures planted for it, and not for those of a heap in good health.
#include "evidence/explanation/findings.h"

#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t mib = 1024 * 1024;
constexpr auto is = Bounds::exactly;

// 100 MiB live, 20 MiB allocated since, little else.
Observation healthy() {
  Observation o;
  Figures& f = o.figures;
  f.heap_alloc = is(105 * mib);
  f.heap_inuse = is(110 * mib);
  f.heap_idle = is(20 * mib);
  f.heap_sys = is(130 * mib);
  f.heap_released = is(15 * mib);
  f.stack_inuse = f.stack_sys = is(2 * mib);
  f.mspan_sys = is(mib);
  f.mcache_sys = is(16384);
  f.buck_hash_sys = is(mib);
  f.gc_sys = is(5 * mib);
  f.other_sys = is(mib);
  f.sys = is(140 * mib + 16384);
  f.next_gc = is(204 * mib);
  f.num_gc = is(7);
  f.releases = {16, 17};
  o.rss = 112 * mib;
  o.virt = 140 * mib + 16384;
  o.settings.gogc = 100;
  return o;
}

std::map<std::string_view, std::string> found_in(const Observation& o) {
  std::map<std::string_view, std::string> found;
  for (const Finding& finding : findings_of(o, ledger_of(o))) {
    found[finding.rule->id] = finding.evidence;
  }
  return found;
}

Observation with(void (*spoil)(Observation&)) {
  Observation o = healthy();
  spoil(o);
  return o;
}

using O = Observation;
std::map<std::string_view, Observation> planted() {
  return {
      {"figures-contradict", with([](O& o) {
         o.contradictions.push_back({"HeapAlloc", "HeapAlloc 2 is more than 1"});
       })},
      {"gc-off", with([](O& o) { o.figures.next_gc = is(9223372036783672015U); })},
      {"goal-wrapped", with([](O& o) { o.figures.next_gc = is(std::uint64_t{1} << 55U); })},
      {"go-holds-it", with([](O& o) { o.rss = 126 * mib; })},
      {"freed-lazily", with([](O& o) {
         o.figures.releases = {13, 13};
         o.figures.heap_idle = o.figures.heap_released = is(400 * mib);
         o.figures.sys = is(520 * mib + 16384);
         o.rss = 500 * mib;
       })},
      {"outside-go", with([](O& o) { o.rss = 300 * mib; })},
      {"huge-pages", with([](O& o) {
         o.figures.releases = {21, 21};
         o.rss = 300 * mib;
       })},
      {"not-touched", with([](O& o) { o.rss = 20 * mib; })},
      {"virtual-only", with([](O& o) { o.virt = 140000 * mib; })},
      {"garbage-waits", with([](O& o) { o.figures.next_gc = is(120 * mib); })},
      {"profile-shows-less", with([](O& o) { o.figures.sampled_live = is(50 * mib); })},
      {"sparse-spans", with([](O& o) {
         o.figures.heap_alloc = is(60 * mib);
         o.figures.next_gc = is(110 * mib);
       })},
      {"spike-kept", with([](O& o) {
         o.figures.heap_idle = is(60 * mib);
         o.inuse_peak = 170 * mib;
       })},
      {"idle-waits", with([](O& o) {
         o.figures.heap_idle = is(60 * mib);
         o.figures.releases = {10, 11};
       })},
      {"stacks-stay",
       with([](O& o) { o.figures.stack_inuse = o.figures.stack_sys = is(50 * mib); })},
      {"structures-stay", with([](O& o) { o.figures.gc_sys = is(50 * mib); })},
      {"above-limit", with([](O& o) { o.settings.limit = 100 * mib; })},
      {"settings-do-not-fit", with([](O& o) { o.settings.gogc = 20; })},
  };
}

// What fits a table of classes that nobody planted would hide sparse spans.
SlotTable some_slots() { return {.classes = {{0_B, 0_pages}, {1024_B, 1_pages}}}; }

TEST(Findings, AHealthyHeapHasNone) { EXPECT_THAT(found_in(healthy()), IsEmpty()); }

TEST(Findings, EachIsSeenForFiguresPlantedForIt) {
  std::set<std::string_view> seen;
  for (auto& [id, observation] : planted()) {
    Observation o = observation;
    o.slots = some_slots();
    const auto found = found_in(o);
    ASSERT_TRUE(found.contains(id)) << id;
    EXPECT_FALSE(found.at(id).empty()) << id;
    seen.insert(id);
  }
  for (const FindingRule& rule : finding_rules()) {
    EXPECT_TRUE(seen.contains(rule.id)) << rule.id << ": nothing is planted for it";
    EXPECT_FALSE(rule.refuted_by.empty() || rule.remedy.empty() || rule.source.empty()) << rule.id;
  }
}

TEST(Findings, EvidenceIsInNumbers) {
  const auto found = found_in(planted().at("gc-off"));
  EXPECT_THAT(found.at("gc-off"), HasSubstr("NextGC is 9223372036783672015, 8191 PB"));
  EXPECT_THAT(found.at("gc-off"), HasSubstr("7 collections"));
  const auto spike = found_in(planted().at("spike-kept"));
  EXPECT_THAT(spike.at("spike-kept"), HasSubstr("HeapInuse has been 170.00 MiB before"));
}

// Where the release is not known, MADV_FREE is possible, and then RSS above it is no proof.
TEST(Findings, LazyFreeingExplainsBeforeCgoDoes) {
  const auto found = found_in(planted().at("freed-lazily"));
  EXPECT_FALSE(found.contains("outside-go"));
  Observation o = planted().at("freed-lazily");
  o.figures.releases = {16, 16};
  EXPECT_TRUE(found_in(o).contains("outside-go"));
  EXPECT_FALSE(found_in(o).contains("freed-lazily"));
}

TEST(Findings, ScavengersOfTwoErasAreToldApart) {
  EXPECT_FALSE(found_in(planted().at("spike-kept")).contains("idle-waits"));
  EXPECT_FALSE(found_in(planted().at("idle-waits")).contains("spike-kept"));
}

TEST(Findings, HumanBytesAreCutAndNeverRoundedUp) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(1023), "1023 B");
  EXPECT_EQ(human_bytes(1024), "1.00 KiB");
  EXPECT_EQ(human_bytes(1024 * 1024 - 1), "1023.99 KiB");
  EXPECT_EQ(human_bytes(11676631040), "10.87 GiB");
  EXPECT_EQ(human_bytes(~std::uint64_t{0}), "15.99 EiB");
}

}  // namespace
}  // namespace heaplaw::evidence
