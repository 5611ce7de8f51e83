#include "oracle/naive/known_releases.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(NaiveReleases, aLineIsKnownFromItsFirstPatchOn) {
  EXPECT_FALSE(naive_knows(Release(18, 10)));
  EXPECT_FALSE(naive_knows(Release(19, 6)));
  EXPECT_TRUE(naive_knows(Release(19, 7)));
  EXPECT_TRUE(naive_knows(Release(19, 13)));
  EXPECT_FALSE(naive_knows(Release(20, 1)));
  EXPECT_TRUE(naive_knows(Release(25, 7)));
  EXPECT_TRUE(naive_knows(Release{26}));
  EXPECT_FALSE(naive_knows(Release(26, Release::Stage::rc, 1)));
  EXPECT_FALSE(naive_knows(Release{27}));
  EXPECT_TRUE(describe_naive_lines().starts_with("go1.19.7, go1.20.2, go1.21.0"));
}

// A line is known because recordings of it say so: each has a folder.
TEST(NaiveReleases, eachLineWasRecorded) {
  for (const Release& line : naive_lines()) {
    std::size_t recorded = 0;
    for (const auto& entry : std::filesystem::directory_iterator(HEAPLAW_CORPUS "/recordings")) {
      const auto release = Release::try_parse(entry.path().filename().string());
      recorded += release && release->minor() == line.minor() && naive_knows(*release);
    }
    EXPECT_GT(recorded, 0U) << line.name();
  }
}

}  // namespace
}  // namespace heaplaw::oracle
