#include "properties/trace_generator.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace heaplaw::properties {
namespace {

GeneratorOptions options(std::uint64_t length = 2000) {
  return {.length = length, .release = Release(19, 8), .procs_max = 4};
}

TEST(TraceGenerator, EveryHistoryIsValidAndHasItsLength) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Trace trace = generate(seed, options());
    EXPECT_EQ(trace.operations.size(), 2000u);
    EXPECT_EQ(first_breach(trace), std::nullopt) << "seed " << seed;
    EXPECT_EQ(trace.release, Release(19, 8));
  }
}

TEST(TraceGenerator, TheSeedIsTheHistory) {
  EXPECT_EQ(generate(7, options()), generate(7, options()));
  EXPECT_NE(generate(7, options()), generate(8, options()));
}

// If this number changes, every seed in a bug report means another history.
TEST(TraceGenerator, SeedsKeepTheirMeaning) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : print(generate(1, options(200)))) {
    hash ^= static_cast<unsigned char>(c);
    (void)__builtin_mul_overflow(hash, 1099511628211U, &hash);
  }
  EXPECT_EQ(hash, 15181921496985015047U);
}

// Counted over many seeds: nothing is so rare that a night of fuzzing would not see it.
TEST(TraceGenerator, AllKindsAllBoundariesAndWholeChunksComeUp) {
  std::array<std::uint64_t, operation_kind_count> kinds{};
  std::set<std::uint64_t> sizes;
  std::set<unsigned> procs;
  std::uint64_t chunk_fills = 0, doubles = 0, scans = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Trace trace = generate(seed, options(3000));
    procs.insert(trace.procs);
    std::uint64_t bytes = 0;
    const Operation* last = nullptr;
    for (const Operation& operation : trace.operations) {
      ++kinds[static_cast<std::size_t>(operation.kind)];
      if (operation.kind == OperationKind::alloc) {
        sizes.insert(operation.value);
        bytes += operation.value;
        scans += operation.object == ObjectKind::scan;
      }
      doubles += last && *last == operation && operation.kind == OperationKind::gc;
      last = &operation;
    }
    chunk_fills += bytes > std::uint64_t{4} << 20U;
  }
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    EXPECT_GT(kinds[kind], 100u) << operation_rules[kind].name;
  }
  for (const unsigned size :
       {1U,    8U,    9U,    15U,   16U,    17U,    24U,    512U,   513U,    1024U,  1025U,
        8192U, 8193U, 9472U, 9473U, 32760U, 32761U, 32768U, 32769U, 122880U, 131072U}) {
    EXPECT_TRUE(sizes.contains(size)) << size;
  }
  EXPECT_EQ(procs, (std::set<unsigned>{1, 2, 3, 4}));
  EXPECT_GT(chunk_fills, 100u);
  EXPECT_GT(doubles, 100u);
  EXPECT_GT(scans, 10'000u);
}

TEST(TraceGenerator, LiveBytesStayBelowTheirMaximum) {
  GeneratorOptions small = options(5000);
  small.live_bytes_max = 1 << 20;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::uint64_t live = 0;
    std::vector<std::uint64_t> sizes;
    for (const Operation& operation : generate(seed, small).operations) {
      sizes.resize(std::max<std::size_t>(sizes.size(), operation.handle + 1));
      if (operation.kind == OperationKind::alloc) live += sizes[operation.handle] = operation.value;
      if (operation.kind == OperationKind::drop) live -= sizes[operation.handle];
      ASSERT_LE(live, small.live_bytes_max);
    }
  }
}

TEST(TraceGenerator, WhatIsSwitchedOffStaysAway) {
  GeneratorOptions plain = options();
  plain.procs_max = 1;
  plain.settings = plain.time = plain.faults = plain.stacks = false;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Trace trace = generate(seed, plain);
    EXPECT_EQ(trace.procs, 1u);
    for (const Operation& operation : trace.operations) {
      EXPECT_LE(operation.kind, OperationKind::free_os_memory);
    }
  }
}

}  // namespace
}  // namespace heaplaw::properties
