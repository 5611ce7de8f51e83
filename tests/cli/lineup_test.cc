#include "cli/history/lineup.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw::cli {
namespace {

TEST(Lineup, TheOracleComesFirstAndTheModelLast) {
  const Subjects subjects = model_and_oracle(modelled_releases().front(), 2);
  ASSERT_EQ(subjects.size(), 2u);
  EXPECT_EQ(subjects.front()->name(), "naive");
  EXPECT_EQ(subjects.back()->name(), "model");
}

TEST(Lineup, KnowsWhichReleasesAreModelled) {
  ASSERT_FALSE(modelled_releases().empty());
  EXPECT_EQ(modelled_releases().front(), Release(19, 7));
  EXPECT_EQ(modelled_releases().back(), newest_release);
  EXPECT_TRUE(std::ranges::is_sorted(modelled_releases()));
  for (const Release& release : modelled_releases())
    EXPECT_TRUE(is_modelled(release)) << release.name();
  EXPECT_TRUE(is_modelled(Release(19, 8)));
  EXPECT_FALSE(is_modelled(Release(19, 6)));
  EXPECT_FALSE(is_modelled(Release{4}));
  EXPECT_FALSE(is_modelled(Release{27}));
}

TEST(Lineup, ARefusalNamesWhatIsModelled) {
  EXPECT_NO_THROW(expect_modelled(modelled_releases().front(), "file"));
  const std::string refusal = input_error_of([] {
    expect_modelled(Release(4, 3), "file");
    return 0;
  });
  EXPECT_TRUE(refusal.starts_with("file: found a history of go1.4.3, expected ")) << refusal;
  for (const Release& release : modelled_releases()) {
    EXPECT_NE(refusal.find(release.name()), std::string::npos) << refusal;
  }
}

}  // namespace
}  // namespace heaplaw::cli
