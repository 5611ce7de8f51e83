#include "fuzz/trace_mutator.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "fuzz/trace_input.h"
#include "properties/trace_generator.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {
namespace {

using Output = TraceMutator::Output;

Output generated(std::uint64_t seed, std::uint64_t length) {
  return encode_trace(properties::generate(seed, {.length = length, .release = Release(19, 8)}));
}

Trace decoded(const Output& bytes) {
  const auto trace = history_of(bytes);
  EXPECT_TRUE(trace);
  return trace.value_or(Trace{});
}

// Whole slots of a modelled release, no longer than allowed, and a history without a breach.
void expect_valid(const Output& bytes, std::size_t size_max) {
  ASSERT_GE(bytes.size(), trace_slot_bytes);
  ASSERT_LE(bytes.size(), std::max(size_max, trace_slot_bytes));
  ASSERT_EQ(bytes.size() % trace_slot_bytes, 0u);
  ASSERT_EQ(first_breach(decoded(bytes)), std::nullopt);
}

TEST(TraceMutator, EveryResultIsAHistoryWithinItsSize) {
  properties::Random random(1);
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Output input(random.below(400));
    for (std::uint8_t& byte : input) byte = static_cast<std::uint8_t>(random.below(256));
    const Output other = generated(seed, 1 + random.below(60));
    const std::size_t size_max = random.below(500);
    expect_valid(TraceMutator(seed).mutate(input, size_max), size_max);
    expect_valid(TraceMutator(seed).mutate(other, size_max), size_max);
    expect_valid(TraceMutator(seed).cross_over(input, other, size_max), size_max);
    expect_valid(TraceMutator(seed).cross_over(other, input, size_max), size_max);
  }
}

TEST(TraceMutator, EmptyInputsGrow) {
  std::size_t grown = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    grown += TraceMutator(seed).mutate({}, 4096).size() > trace_slot_bytes;
    EXPECT_EQ(TraceMutator(seed).cross_over({}, {}, 4096).size(), trace_slot_bytes);
  }
  EXPECT_GT(grown, 80u);
}

TEST(TraceMutator, TheSeedDecides) {
  const Output a = generated(1, 50);
  const Output b = generated(2, 50);
  std::set<Output> mutants, crossed;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    mutants.insert(TraceMutator(seed).mutate(a, 4096));
    crossed.insert(TraceMutator(seed).cross_over(a, b, 4096));
    EXPECT_EQ(TraceMutator(seed).mutate(a, 4096), TraceMutator(seed).mutate(a, 4096));
    EXPECT_EQ(TraceMutator(seed).cross_over(a, b, 4096), TraceMutator(seed).cross_over(a, b, 4096));
  }
  EXPECT_GT(mutants.size(), 150u);
  EXPECT_GT(crossed.size(), 150u);
}

TEST(TraceMutator, ATextIsReadAsItsBytes) {
  const std::string_view text = "heaplaw-trace 1\nrelease go1.19.8\nprocs 3\nalloc 1 77 scan\n";
  const Output as_text(text.begin(), text.end());
  const Output as_bytes = encode_trace(parse_trace(text, "test"));
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(TraceMutator(seed).mutate(as_text, 400), TraceMutator(seed).mutate(as_bytes, 400));
  }
}

// An operation whose size stands in wide slots keeps it wherever it is moved.
TEST(TraceMutator, WideSlotsStayWithTheirOperation) {
  Trace trace{.release = Release(19, 8)};
  const std::uint64_t odd = 123'456'789;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    trace.operations.push_back(Operation::alloc(i, Bytes{odd}, ObjectKind::noscan));
  }
  const Output bytes = encode_trace(trace);
  std::size_t kept = 0, all = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    for (const Operation& operation :
         decoded(TraceMutator(seed).cross_over(bytes, bytes, 4096)).operations) {
      ++all;
      kept += operation.value == odd;
    }
  }
  EXPECT_EQ(kept, all);
  EXPECT_GT(all, 5000u);
}

TEST(TraceMutator, TerabytesAreRare) {
  const Output bytes = encode_trace(
      {.release = Release(19, 8),
       .operations = {Operation::alloc(1, Bytes{std::uint64_t{1} << 40}, ObjectKind::noscan),
                      Operation::alloc(2, 96_MiB, ObjectKind::noscan), Operation::gc()}});
  std::size_t large = 0, largest = 0;
  for (std::uint64_t seed = 0; seed < 800; ++seed) {
    const Trace after = decoded(TraceMutator(seed).mutate(bytes, 4096));
    const auto has = [&](Bytes size) {
      return std::ranges::any_of(after.operations, [&](const Operation& operation) {
        return operation.kind == OperationKind::alloc && operation.value >= size.raw();
      });
    };
    large += has(96_MiB);
    largest += has(Bytes{std::uint64_t{4} << 30});
  }
  EXPECT_GT(large, 400u);
  EXPECT_GT(largest, 40u);
  EXPECT_LT(largest, 120u);
}

// What a few thousand mutations of one short history come to.
TEST(TraceMutator, MutationsReachWhatTheyAreFor) {
  const Output input = generated(3, 40);
  const Trace before = decoded(input);
  std::map<std::string_view, std::size_t> seen;
  std::set<std::uint64_t> sizes;
  std::array<std::size_t, operation_kind_count> kinds{};
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Trace after = decoded(TraceMutator(seed).mutate(input, 16384));
    const auto count = [](const Trace& trace, OperationKind kind) {
      return std::ranges::count(trace.operations, kind, &Operation::kind);
    };
    seen["release"] += after.release != before.release;
    seen["procs"] += after.procs != before.procs;
    seen["longer"] += after.operations.size() > before.operations.size();
    seen["shorter"] += after.operations.size() < before.operations.size();
    seen["a run"] += after.operations.size() > before.operations.size() + 200;
    seen["gc percent"] +=
        count(after, OperationKind::gc_percent) > count(before, OperationKind::gc_percent);
    seen["same kinds, other sizes"] += after.operations != before.operations &&
                                       std::ranges::equal(after.operations, before.operations, {},
                                                          &Operation::kind, &Operation::kind);
    for (const Operation& operation : after.operations) {
      ++kinds[static_cast<std::size_t>(operation.kind)];
      if (operation.kind == OperationKind::alloc) sizes.insert(operation.value);
    }
  }
  for (const auto& [what, times] : seen) EXPECT_GT(times, 40u) << what;
  EXPECT_EQ(seen.size(), 7u);
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    EXPECT_GT(kinds[kind], 0u) << operation_rules[kind].name;
  }
  for (const std::uint64_t boundary : {16u, 1024u, 8192u, 32768u}) {
    for (const std::uint64_t size : {boundary - 1, boundary, boundary + 1}) {
      EXPECT_TRUE(sizes.contains(size)) << size;
    }
  }
}

}  // namespace
}  // namespace heaplaw::fuzz
