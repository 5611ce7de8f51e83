#include "vocabulary/size_class_edition.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "vocabulary/check.h"
#include "vocabulary/release_facts.h"

namespace heaplaw {
namespace {

TEST(SizeClassEdition, ElevenOfFifteenWereShipped) {
  EXPECT_EQ(size_class_editions().size(), 15u);
  EXPECT_EQ(std::ranges::count_if(size_class_editions(), &SizeClassEdition::shipped), 11);
}

TEST(SizeClassEdition, ItsNumberIsItsPlace) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    EXPECT_EQ(&size_class_edition(edition.id), &edition);
  }
  EXPECT_THROW((void)size_class_edition(0), CheckFailure);
  EXPECT_THROW((void)size_class_edition(16), CheckFailure);
}

// An edition and the releases that carry it are stated in two tables; they must say the same.
TEST(SizeClassEdition, AgreesWithTheFactsOfItsReleases) {
  std::set<int> reached;
  for (const char* name : {"1.8beta1", "1.8", "1.9", "1.10", "1.12", "1.13", "1.15", "1.16", "1.17",
                           "1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26"}) {
    const ReleaseFacts facts = facts_of(Release::parse(name));
    ASSERT_TRUE(facts.edition) << name;
    const SizeClassEdition& edition = size_class_edition(*facts.edition);
    EXPECT_TRUE(edition.shipped) << name;
    EXPECT_EQ(edition.parameters, facts.size_classes) << name;
    EXPECT_EQ(edition.magic_form, facts.magic_form) << name;
    reached.insert(edition.id);
  }
  EXPECT_EQ(reached.size(), 11u);
}

}  // namespace
}  // namespace heaplaw
