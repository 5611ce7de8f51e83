#include "cli/check/corpus.h"

#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "expect_input_error.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

TEST(Corpus, IsTheOneGivenOrThatOfTheSourceTree) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path("recordings"));
  EXPECT_EQ(find_corpus(folder.path()), folder.path());
  EXPECT_TRUE(std::filesystem::equivalent(find_corpus(""), HEAPLAW_CORPUS));
}

TEST(Corpus, AFolderWithoutRecordingsIsNone) {
  const ScratchFolder folder;
  EXPECT_EQ(input_error_of([&] { return find_corpus(folder.path()); }),
            folder.path() + ": found no folder 'recordings' in it, expected a corpus");
}

TEST(Corpus, RecordingsAreSortedByRelease) {
  const auto recordings = recordings_in(HEAPLAW_CORPUS);
  EXPECT_EQ(recordings.at(Release(19, 8)).size(), 22u);
  for (const auto& [release, files] : recordings) EXPECT_FALSE(files.empty()) << release.name();
}

TEST(Corpus, OneRecordingOfEachReleaseStandsForItsRandomBases) {
  std::set<std::string> bases;
  for (const std::string& file : random_bases_in(HEAPLAW_CORPUS)) {
    const std::string folder = std::filesystem::path(file).parent_path().filename();
    EXPECT_TRUE(folder.starts_with("go1.26.")) << file;
    EXPECT_TRUE(bases.insert(folder).second) << file;
  }
  EXPECT_GE(bases.size(), 2u);
  EXPECT_TRUE(random_bases_in(ScratchFolder().path()).empty());
}

TEST(Corpus, FilesComeSortedAndByTheirExtension) {
  const ScratchFolder folder;
  const std::string b = folder.put("b.rec", "");
  const std::string a = folder.put("a.rec", "");
  (void)folder.put("README.md", "");
  EXPECT_EQ(files_in(folder.path(), ".rec"), (std::vector<std::string>{a, b}));
  EXPECT_TRUE(files_in(folder.path("none"), ".rec").empty());
}

}  // namespace
}  // namespace heaplaw::cli
