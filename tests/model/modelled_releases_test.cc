#include "model/modelled_releases.h"

#include <filesystem>
#include <stdexcept>

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

TEST(ModelledReleases, AreLaterPatchesToo) {
  EXPECT_TRUE(is_modelled(Release::parse("go1.19.8")));
  EXPECT_TRUE(is_modelled(Release::parse("go1.26.4")));
  EXPECT_FALSE(is_modelled(Release::parse("go1.26rc1")));
  EXPECT_FALSE(is_modelled(Release::parse("go1.19.6")));
  EXPECT_FALSE(is_modelled(Release::parse("go1.4")));
}

TEST(ModelledReleases, AllHaveFactsOfTheirHeap) {
  for (const Release& first : modelled_lines()) {
    EXPECT_TRUE(facts_of(first).heap.has_value()) << first.name();
  }
}

// A line that is claimed is a line with recordings, and the other way round.
TEST(ModelledReleases, AreThoseWithRecordings) {
  std::size_t recorded = 0;
  const auto folder = std::filesystem::path(HEAPLAW_CORPUS) / "recordings";
  for (const Release& first : modelled_lines()) {
    bool found = false;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_directory()) continue;
      found |= Release::parse(entry.path().filename().string()).minor() == first.minor();
    }
    EXPECT_TRUE(found) << "no recording of the line of " << first.name();
    ++recorded;
  }
  EXPECT_GT(recorded, 0u);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory()) {
      EXPECT_TRUE(is_modelled(Release::parse(entry.path().filename().string()))) << entry;
    }
  }
}

TEST(ModelledReleases, AnUnknownOneIsRefusedWithWhatIsKnown) {
  try {
    require_modelled(Release::parse("go1.4.3"));
    FAIL() << "go1.4.3 was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_TRUE(std::string_view(error.what())
                    .starts_with("the heap of go1.4.3 has no model; modelled are go1."))
        << error.what();
    EXPECT_TRUE(std::string_view(error.what()).ends_with("go1.26.0 and later patches of each"))
        << error.what();
  }
}

}  // namespace
}  // namespace heaplaw::model
