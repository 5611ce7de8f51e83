#include "cli/table/compare.h"

#include <gtest/gtest.h>

#include "model/size_class_table.h"
#include "properties/table_corruption.h"

namespace heaplaw::cli {
namespace {

using properties::corrupt;
using properties::Corruption;
using properties::Random;

SizeClassTable table(int edition) { return model::size_class_table(size_class_edition(edition)); }

TEST(Compare, EqualTablesDifferNowhereAndAreReallyCompared) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    std::size_t compared = 0;
    EXPECT_TRUE(differences(table(edition.id), table(edition.id), compared).empty());
    EXPECT_GT(compared, 500u) << edition.id;
  }
}

// Whatever single number changes, its own spot and no other is reported.
TEST(Compare, OneChangedNumberIsOneDifferenceAtItsSpot) {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const SizeClassTable good = table(random.once_in(2) ? 15 : 5);
    SizeClassTable wrong = good;
    const Corruption corruption = corrupt(wrong, random);
    std::size_t compared = 0;
    const auto found = differences(wrong, good, compared);
    ASSERT_EQ(found.size(), 1u) << describe(corruption);
    EXPECT_EQ(found[0].spot, corruption.spot) << describe(corruption);
    EXPECT_EQ(found[0].found, std::to_string(corruption.after));
    EXPECT_EQ(found[0].expected, std::to_string(corruption.before));
  }
}

TEST(Compare, AMissingOrExtraEntryIsReportedOnce) {
  SizeClassTable shorter = table(15);
  shorter.sizes.pop_back();
  std::size_t compared = 0;
  const auto missing = differences(shorter, table(15), compared);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].spot, (TableSpot{TablePart::size, 67}));
  const auto extra = differences(table(15), shorter, compared);
  ASSERT_EQ(extra.size(), 1u);
  EXPECT_EQ(extra[0].expected, "67");
}

}  // namespace
}  // namespace heaplaw::cli
