// The book holds on a healthy heap; heap_laws_faults_test.cc shows that each law can fail.
#include "oracle/laws/heap_laws.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "heap_world.h"
#include "oracle/laws/release_range.h"

namespace heaplaw::oracle {
namespace {

TEST(HeapLaws, AreAtLeastFortyWithIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const HeapLaw* const law : heap_laws()) {
    EXPECT_TRUE(ids.insert(law->text.id).second) << law->text.id << " twice";
    EXPECT_TRUE(law->text.statement.ends_with('.')) << law->text.id;
    EXPECT_FALSE(law->text.source.empty()) << law->text.id;
    const bool ended = law->text.id.starts_with("no-goal");
    const bool known =
        covers(law->text.releases, Release(19, 8)) || covers(law->text.releases, Release(26, 4));
    EXPECT_NE(known, ended) << law->text.id;
  }
  EXPECT_GE(ids.size(), 40u);
}

void expect_healthy(const Operation& operation, const Release& release) {
  const World world = World::after(operation, release);
  const HeapFindings findings = world.findings();
  for (const auto& finding : findings.kept()) {
    ADD_FAILURE() << release.name() << ": " << finding.law->id << ": " << finding.spot.field
                  << " is " << finding.found << ", expected " << finding.expected;
  }
}

TEST(HeapLaws, HoldAfterEveryKindOfOperation) {
  for (const Operation& operation :
       {Operation::alloc(2, 40000_B, ObjectKind::noscan), Operation::drop(9), Operation::gc(),
        Operation::read_memstats(), Operation::free_os_memory(), Operation::gc_percent(50),
        Operation::memory_limit(1 << 30), Operation::advance(150'000'000'000), Operation::proc(0),
        Operation::stack_grow(1, 2_KiB), Operation::stack_free(1), Operation::os_pressure(1_MiB),
        Operation::os_fault(OsFault::map)}) {
    for (const Release& release : {Release(19, 8), Release(22, 12), Release(26, 4)}) {
      expect_healthy(operation, release);
    }
  }
}

// A law that a dump without a single number satisfies would prove nothing about dumps.
TEST(HeapLaws, AnEmptyDumpAfterAnAllocationBreaksSome) {
  World world = World::after(Operation::read_memstats());
  world.now = {};
  world.before = {};
  std::set<std::string_view> broken;
  const HeapFindings findings = world.findings();
  for (const auto& finding : findings.kept()) broken.insert(finding.law->id);
  for (const auto id : {"the-history-leaves-traces", "every-request-counts", "one-cache-a-proc",
                        "inuse-recounts", "by-size-sizes-are-classes"}) {
    EXPECT_TRUE(broken.contains(id)) << id;
  }
}

TEST(HeapLaws, EvaluationsCountOnlyMomentsOnWhichALawComparedSomething) {
  const World world = World::after(Operation::drop(9));
  HeapLawBook book(world.setting.release);
  HeapFindings findings;
  book.judge({.setting = &world.setting, .now = &world.now}, findings);
  const auto count = [&](std::string_view id) {
    const auto laws = heap_laws();
    const auto at = std::ranges::find_if(laws, [&](auto* law) { return law->text.id == id; });
    return book.evaluations()[static_cast<std::size_t>(at - laws.begin())];
  };
  EXPECT_EQ(count("sys-is-sum"), 1u);
  EXPECT_EQ(count("drops-change-nothing"), 0u) << "there was no history";
  EXPECT_EQ(count("inuse-recounts"), 0u) << "there was no map";
}

TEST(HeapLaws, AreFoundByTheirIds) {
  ASSERT_NE(heap_law_named("first-fit"), nullptr);
  EXPECT_EQ(heap_law_named("first-fit")->text.source, "PA-20, PA-22");
  EXPECT_EQ(heap_law_named("last-fit"), nullptr);
}

}  // namespace
}  // namespace heaplaw::oracle
