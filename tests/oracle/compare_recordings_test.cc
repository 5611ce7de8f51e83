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

struct Held10 {
  std::uint64_t files = 0, addresses = 0, snapshots = 0, exact = 0, in_sum = 0, by_rule = 0;
};

Held10 compare_all(const std::filesystem::path& folder) {
  Held10 held;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".rec") continue;
    const Recording recording = read_file(file.path());
    NaiveRuntime naive(recording.trace.release, recording.trace.procs, start_of(recording));
    const RecordingVerdict verdict = compare(recording, naive);
    EXPECT_TRUE(verdict.holds()) << file.path() << '\n'
                                 << (verdict.divergence ? report(*verdict.divergence) : "");
    ++held.files;
    held.addresses += verdict.addresses;
    held.snapshots += verdict.snapshots;
    held.exact += verdict.fields_held(Held::exact);
    held.in_sum += verdict.fields_held(Held::in_sum);
    held.by_rule += verdict.fields_held(Held::by_rule);
    EXPECT_GT(verdict.law_evaluations, 50u);
  }
  return held;
}

// What a forced release leaves is a rule up to 1.20; NextGC and MSpanInuse always.
class Recordings : public testing::TestWithParam<std::pair<const char*, unsigned>> {};

TEST_P(Recordings, AreWhatTheNaiveRuntimeDoes) {
  const auto& [release, by_rule_after_releases] = GetParam();
  const Held10 held = compare_all(std::filesystem::path(HEAPLAW_CORPUS "/recordings") / release);
  EXPECT_EQ(held.files, 10u);
  EXPECT_EQ(held.addresses, 14'377u);
  EXPECT_EQ(held.snapshots, 99u);
  EXPECT_EQ(held.exact, 99u * 132);
  EXPECT_EQ(held.in_sum, 99u * 2);
  EXPECT_EQ(held.by_rule, 99u * 2 + by_rule_after_releases);
}

INSTANTIATE_TEST_SUITE_P(OfReleases, Recordings,
                         testing::Values(std::pair{"go1.19.8", 10u}, std::pair{"go1.20.14", 10u},
                                         std::pair{"go1.21.13", 0u}, std::pair{"go1.22.12", 0u},
                                         std::pair{"go1.23.12", 0u}, std::pair{"go1.24.13", 0u},
                                         std::pair{"go1.25.7", 0u}, std::pair{"go1.26.0", 0u},
                                         std::pair{"go1.26.4", 0u}));

}  // namespace
}  // namespace heaplaw::oracle
