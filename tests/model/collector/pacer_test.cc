#include "model/collector/pacer.h"

#include <gtest/gtest.h>

#include "vocabulary/operation.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t mib = 1 << 20;

Pacer pacer() { return Pacer{*facts_of(Release{19}).heap}; }

// GC-13: what every fresh process shows.
TEST(Pacer, BeginsWithFourMegabytes) {
  const Pacer p = pacer();
  EXPECT_EQ(p.goal({}), 4194304u);
  EXPECT_EQ(p.trigger({}), 3997696u);
  EXPECT_EQ(p.scavenge_goal(), Pacer::unlimited);
}

TEST(Pacer, ThePercentageScalesTheMinimum) {
  Pacer p = pacer();
  p.set_percent(200);
  p.commit(true, {});
  EXPECT_EQ(p.goal({}), 2 * 4194304u);
  p.set_percent(0);
  p.commit(true, {});
  EXPECT_EQ(p.goal({}), 0u);
}

TEST(Pacer, AimsAtTwiceWhatWasMarked) {
  Pacer p = pacer();
  p.mark_ended({}, 100 * mib, 0);
  p.commit(true, {});
  EXPECT_EQ(p.goal({}), 200 * mib);
  // A heap this size is collected 4 MiB before the goal, not at 61/64 of the way.
  EXPECT_EQ(p.trigger({}), 196 * mib);
}

TEST(Pacer, LeavesTheSweepAMegabyte) {
  Pacer p = pacer();
  p.mark_ended({}, 4 * mib, 0);
  p.set_percent(1);
  p.commit(/*sweep_done=*/false, {});
  EXPECT_EQ(p.goal({}), 5 * mib);
}

// GC-14, with the numbers of a real process without a percentage and without a limit.
TEST(Pacer, WithoutAPercentageTheLimitIsTheGoal) {
  Pacer p = pacer();
  p.set_percent(value_off);
  p.commit(true, {});
  const MemoryNow now{.mapped_ready = 10 * mib, .heap_free = mib, .heap_alloc = 2 * mib};
  EXPECT_EQ(p.goal(now), (std::uint64_t{1} << 63) - 1 - 7 * mib - mib);
}

TEST(Pacer, TheLimitNeverAsksForLessThanWhatIsLive) {
  Pacer p = pacer();
  p.mark_ended({}, 50 * mib, 0);
  p.set_memory_limit(20 * mib);
  p.commit(true, {});
  EXPECT_EQ(p.goal({.mapped_ready = 60 * mib, .heap_alloc = 50 * mib}), 50 * mib);
  EXPECT_EQ(p.goal({.mapped_ready = 200 * mib, .heap_alloc = 50 * mib}), 50 * mib);
}

TEST(Pacer, TheScavengerKeepsATenthMore) {
  Pacer p = pacer();
  p.mark_ended({}, 10 * mib, 100 * mib);  // the goal was 4 MiB
  p.commit(true, {.retained = 1000 * mib});
  // 100 MiB * 20/4, and a tenth.
  EXPECT_EQ(p.scavenge_goal(), 550 * mib);
  p.commit(true, {.retained = 550 * mib});
  EXPECT_EQ(p.scavenge_goal(), Pacer::unlimited);
}

}  // namespace
}  // namespace heaplaw::model
