#include "cli/history/lineup.h"

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
  EXPECT_FALSE(modelled_releases().empty());
  for (const Release& release : modelled_releases())
    EXPECT_TRUE(is_modelled(release)) << release.name();
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
