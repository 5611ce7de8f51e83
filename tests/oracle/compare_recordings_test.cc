// The naive runtime against what real processes did: every recording in corpus/recordings.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "oracle/naive/runtime.h"
#include "oracle/recording/compare.h"

namespace heaplaw::oracle {
namespace {

Recording read_file(const std::filesystem::path& path) {
  std::ifstream stream(path);
  return read_recording(stream, path.string());
}

struct Tally {
  std::uint64_t files = 0, addresses = 0, snapshots = 0, exact = 0, in_sum = 0, by_rule = 0;

  friend bool operator==(const Tally&, const Tally&) = default;
  friend constexpr Tally operator+(const Tally& a, const Tally& b) {
    return {a.files + b.files, a.addresses + b.addresses, a.snapshots + b.snapshots,
            a.exact + b.exact, a.in_sum + b.in_sum,       a.by_rule + b.by_rule};
  }
  friend void PrintTo(const Tally& held, std::ostream* out) {
    *out << held.files << " files, " << held.addresses << " addresses, " << held.snapshots
         << " snapshots, " << held.exact << " exact, " << held.in_sum << " in sum, " << held.by_rule
         << " by rule";
  }
};

Tally compare_all(const std::filesystem::path& folder) {
  Tally held;
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

// Ten of every release from elsewhere; twelve of our own recorder, which has NumForcedGC and
// ballast, of two.
struct OfRelease {
  const char* release;
  Tally held;
};

// What a forced release leaves is a rule up to 1.20; NextGC and MSpanInuse always.
constexpr Tally ten(std::uint64_t by_rule_after_releases) {
  return {.files = 10,
          .addresses = 14'377,
          .snapshots = 99,
          .exact = 99 * 132,
          .in_sum = 99 * 2,
          .by_rule = 99 * 2 + by_rule_after_releases};
}
constexpr Tally twelve(std::uint64_t by_rule) {
  return {.files = 12,
          .addresses = 10'164,
          .snapshots = 131,
          .exact = 17'402,
          .in_sum = 131 * 2,
          .by_rule = by_rule};
}

class Recordings : public testing::TestWithParam<OfRelease> {};

TEST_P(Recordings, AreWhatTheNaiveRuntimeDoes) {
  EXPECT_EQ(compare_all(std::filesystem::path(HEAPLAW_CORPUS "/recordings") / GetParam().release),
            GetParam().held);
}

INSTANTIATE_TEST_SUITE_P(
    OfReleases, Recordings,
    testing::Values(OfRelease{"go1.19.8", ten(10) + twelve(377)}, OfRelease{"go1.20.14", ten(10)},
                    OfRelease{"go1.21.13", ten(0)}, OfRelease{"go1.22.12", ten(0)},
                    OfRelease{"go1.23.12", ten(0)}, OfRelease{"go1.24.13", ten(0)},
                    OfRelease{"go1.25.7", ten(0)}, OfRelease{"go1.26.0", ten(0)},
                    OfRelease{"go1.26.4", ten(0)}, OfRelease{"go1.26.8", twelve(371)}),
    [](const auto& test) {
      std::string name = test.param.release;
      std::ranges::replace(name, '.', '_');
      return name;
    });

}  // namespace
}  // namespace heaplaw::oracle
