// The strongest evidence: real Go processes executed these traces, and every address and every
// number that can be known must come out of the model. Prints what was compared.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/runtime.h"
#include "recording_comparison.h"
#include "vocabulary/recording.h"

namespace heaplaw::model {
namespace {

Recording recording_from(const std::filesystem::path& path) {
  std::ifstream file(path);
  return read_recording(file, path.string());
}

std::vector<std::filesystem::path> all_recordings() {
  std::vector<std::filesystem::path> paths;
  const auto folder = std::filesystem::path(HEAPLAW_CORPUS) / "recordings";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".rec") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

// go1.19.8-small-1
std::string name_of(const std::filesystem::path& path) {
  return path.parent_path().filename().string() + "-" + path.stem().string();
}

class Recordings : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Recordings, AreReproducedExactly) {
  const Recording recording = recording_from(GetParam());
  const Comparison c = compare_with_model(recording);
  EXPECT_EQ(c.addresses_wrong, 0u) << c.first_wrong_address;
  EXPECT_THAT(c.wrong_fields, testing::IsEmpty());
  EXPECT_GT(c.addresses, 500u);
  EXPECT_GT(c.fields, 100u);
  RecordProperty("addresses", std::to_string(c.addresses));
  fmt::print("{}: {} addresses, {} fields at {} snapshots, {} collections, {} exact releases\n",
             name_of(GetParam()), c.addresses, c.fields, recording.stats.size(), c.collections,
             c.released_exactly);
}

// A guess of what start-up left in P 0's cache of span records must explain all snapshots.
TEST_P(Recordings, HaveOneGuessOfSpanRecordsThatFits) {
  const Recording recording = recording_from(GetParam());
  unsigned fitting = 0;
  for (unsigned guess = 0; guess <= 128; ++guess) {
    if (span_records_fit(recording, {.span_records = guess})) ++fitting;
  }
  EXPECT_GT(fitting, 0u);
}

INSTANTIATE_TEST_SUITE_P(OfGo, Recordings, testing::ValuesIn(all_recordings()),
                         [](const auto& recording) {
                           std::string name = name_of(recording.param);
                           std::ranges::replace_if(
                               name, [](char c) { return c == '.' || c == '-'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace heaplaw::model
