#include "properties/trace_transforms.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "properties/trace_generator.h"

namespace heaplaw::properties {
namespace {

Trace history(std::uint64_t seed) {
  return generate(seed, {.length = 300, .release = Release(19, 8)});
}

TEST(TraceTransforms, RenamingKeepsEverythingButNames) {
  std::size_t wide = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    Trace before = history(seed);
    Trace after = renamed(before, random);
    EXPECT_EQ(first_breach(after), std::nullopt) << seed;
    EXPECT_NE(before, after) << seed;
    for (Operation& operation : before.operations) operation.handle = 0;
    for (Operation& operation : after.operations) {
      wide += operation.handle >> 32U != 0;
      operation.handle = 0;
    }
    EXPECT_EQ(before, after) << seed;
  }
  EXPECT_GT(wide, 1000u);
}

TEST(TraceTransforms, ShufflingKeepsAllOperationsAndTheirPlaceAmongOthers) {
  std::size_t shuffled = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    const Trace before = history(seed);
    const Trace after = drops_shuffled(before, random);
    EXPECT_EQ(first_breach(after), std::nullopt);
    EXPECT_TRUE(std::ranges::equal(before.operations, after.operations, {}, &Operation::kind,
                                   &Operation::kind));
    shuffled += before != after;
  }
  EXPECT_GT(shuffled, 20u);
}

TEST(TraceTransforms, PaddingTakenOutIsTheHistory) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    const Trace before = history(seed);
    const Padded after = padded(before, random);
    EXPECT_EQ(first_breach(after.trace), std::nullopt);
    EXPECT_GT(after.trace.operations.size(), before.operations.size());
    Trace kept{.release = before.release, .procs = before.procs, .operations = {}};
    for (std::size_t i = 0; i < after.is_original.size(); ++i) {
      if (after.is_original[i]) kept.operations.push_back(after.trace.operations[i]);
    }
    EXPECT_EQ(kept, before);
  }
}

}  // namespace
}  // namespace heaplaw::properties
