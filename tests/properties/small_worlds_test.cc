#include "properties/small_worlds.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

const Release release{19, 8};

TEST(SmallWorlds, AllHistoriesOfATinyAlphabetAreTheOnesCountedByHand) {
  const Alphabet alphabet{.allocs = {Operation::alloc(1, 8_B, ObjectKind::noscan)},
                          .drops = {Victim::oldest, Victim::newest},
                          .others = {Operation::gc()},
                          .release = release};
  std::set<std::string> histories;
  const WorldCounts counts = for_each_history(alphabet, 3, [&](const Trace& trace) {
    EXPECT_FALSE(first_breach(trace));
    EXPECT_TRUE(histories.insert(print(trace)).second) << "twice:\n" << print(trace);
    return true;
  });
  // a: alloc, g: gc, d: drop of the only one, o and n: of the oldest and the newest of two.
  // aaa aao aan aag ada adg aga agd agg gaa gad gag gga ggg
  EXPECT_EQ(counts.histories, 14u);
  EXPECT_EQ(counts.operations, 42u);
}

TEST(SmallWorlds, PsComeIntoPlayInOrder) {
  const Alphabet alphabet{.procs = 3, .release = release};
  std::set<std::string> seen;
  (void)for_each_history(alphabet, 2, [&](const Trace& trace) {
    seen.insert(print(trace));
    return true;
  });
  // 1 then 0, 1 then 2: P 2 does not run before P 1 did.
  EXPECT_EQ(seen.size(), 2u);
}

TEST(SmallWorlds, CountingAgreesWithEnumerating) {
  const Alphabet alphabet = standard_alphabet(release);
  for (std::size_t length = 0; length <= 4; ++length) {
    const auto all = for_each_history(alphabet, length, [](const Trace&) { return true; });
    EXPECT_EQ(count_histories(alphabet, length).histories, all.histories) << length;
  }
  EXPECT_GT(count_histories(alphabet, 8).histories, 100'000'000u);
}

TEST(SmallWorlds, TheCallbackEndsTheEnumeration) {
  std::uint64_t calls = 0;
  (void)for_each_history(standard_alphabet(release), 5, [&](const Trace&) { return ++calls < 10; });
  EXPECT_EQ(calls, 10u);
}

}  // namespace
}  // namespace heaplaw::properties
