// The naive runtime lives through what a real Go did, and must have said the same at every step.
#include "oracle/naive/runtime.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "vocabulary/recording.h"

namespace heaplaw::oracle {
namespace {

struct Counts {
  std::size_t recordings = 0;
  std::size_t addresses = 0;
  std::size_t snapshots = 0;
  std::size_t fields = 0;
};

std::vector<std::filesystem::path> recordings() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(HEAPLAW_CORPUS "/recordings/go1.19.8")) {
    if (entry.path().extension() == ".rec") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

Recording read(const std::filesystem::path& path) {
  std::ifstream in(path);
  return read_recording(in, path.filename());
}

// All fields that can be compared exactly, as differences from the first snapshot, and the sum of
// what the page heap holds.
void compare(const MemStats& expected, const MemStats& actual, Counts& counts) {
  ++counts.snapshots;
  for (const auto& d : differences(expected, actual, Comparable::exact)) {
    if (d.field == "NumForcedGC") continue;  // recordings do not have it
    ADD_FAILURE() << d.field << ": " << d.actual << ", but Go says " << d.expected;
  }
  const auto fields = mem_stats_fields();
  counts.fields += static_cast<std::size_t>(std::ranges::count(
                       fields, Comparable::exact, &MemStatsField::comparable)) +
                   2 * (by_size_count - 1);
  EXPECT_EQ(expected.heap_sys + expected.stack_inuse, actual.heap_sys + actual.stack_inuse);
}

void replay(const Recording& recording, Counts& counts) {
  NaiveRuntime naive(recording.trace.release, recording.trace.procs, start_of(recording));
  std::size_t snapshot = 0;
  MemStats base;
  for (std::size_t i = 0; i < recording.trace.operations.size(); ++i) {
    const Operation& operation = recording.trace.operations[i];
    SCOPED_TRACE(i);
    const Observation said = naive.apply(operation);
    if (operation.kind == OperationKind::alloc && recording.addresses[i] != Address{}) {
      ASSERT_EQ(said.answer, Answer::address);
      ASSERT_EQ(said.address.raw(), recording.addresses[i].raw());
      ++counts.addresses;
    }
    if (operation.kind != OperationKind::read_memstats) continue;
    if (snapshot == 0) base = *said.stats;
    compare(difference_since(recording.stats.front(), recording.stats[snapshot]),
            difference_since(base, *said.stats), counts);
    ++snapshot;
    ASSERT_NO_THROW(naive.check_invariants());
  }
  EXPECT_EQ(snapshot, recording.stats.size());
  ++counts.recordings;
}

TEST(NaiveRecordings, everyAddressAndEveryExactFieldIsThatOfGo) {
  Counts counts;
  for (const auto& path : recordings()) {
    SCOPED_TRACE(path.filename());
    replay(read(path), counts);
  }
  EXPECT_EQ(counts.recordings, 10U);
  RecordProperty("addresses", std::to_string(counts.addresses));
  RecordProperty("fields", std::to_string(counts.fields));
  std::cout << counts.recordings << " recordings, " << counts.addresses << " addresses, "
            << counts.snapshots << " snapshots, " << counts.fields << " fields\n";
}

}  // namespace
}  // namespace heaplaw::oracle
