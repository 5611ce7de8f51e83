// The naive runtime against what real processes did: every recording in corpus/recordings.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "oracle/naive/runtime.h"
#include "oracle/recording/compare.h"

namespace heaplaw::oracle {
namespace {

Recording read_file(const std::filesystem::path& path) {
  std::ifstream stream(path);
  return read_recording(stream, path.string());
}

TEST(Recordings, OfGo1_19_8AreWhatTheNaiveRuntimeDoes) {
  std::uint64_t files = 0, addresses = 0, snapshots = 0, exact = 0, in_sum = 0, by_rule = 0;
  const std::filesystem::path folder = HEAPLAW_CORPUS "/recordings/go1.19.8";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".rec") continue;
    const Recording recording = read_file(file.path());
    NaiveRuntime naive(recording.trace.release, recording.trace.procs, start_of(recording));
    const RecordingVerdict verdict = compare(recording, naive);
    EXPECT_TRUE(verdict.holds()) << file.path() << '\n'
                                 << (verdict.divergence ? report(*verdict.divergence) : "");
    ++files;
    addresses += verdict.addresses;
    snapshots += verdict.snapshots;
    exact += verdict.fields_held(Held::exact);
    in_sum += verdict.fields_held(Held::in_sum);
    by_rule += verdict.fields_held(Held::by_rule);
    EXPECT_GT(verdict.law_evaluations, 50u);
  }
  EXPECT_EQ(files, 10u);
  EXPECT_EQ(addresses, 14'377u);
  EXPECT_EQ(snapshots, 99u);
  EXPECT_EQ(exact, 99u * 132);
  EXPECT_EQ(in_sum, 99u * 2);
  // NextGC and MSpanInuse each time, HeapReleased after the ten releases.
  EXPECT_EQ(by_rule, 99u * 2 + 10);
}

}  // namespace
}  // namespace heaplaw::oracle
