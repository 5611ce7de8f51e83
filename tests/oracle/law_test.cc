#include "oracle/laws/law.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

constexpr LawText first{"first", "One.", "1.0 -", Strength::exact, "a test"};
constexpr LawText second{"second", "Two.", "1.0 -", Strength::advisory, "a test"};

TEST(Findings, AFindingKnowsItsLaw) {
  Findings<int> findings;
  findings.begin(first);
  findings.add(7, "3", "4");
  findings.begin(second);
  findings.add(8, "x", "y");
  ASSERT_EQ(findings.kept().size(), 2u);
  EXPECT_EQ(findings.kept()[0].law, &first);
  EXPECT_EQ(findings.kept()[0].spot, 7);
  EXPECT_EQ(findings.kept()[0].found, "3");
  EXPECT_EQ(findings.kept()[0].expected, "4");
  EXPECT_EQ(findings.kept()[1].law, &second);
}

// A table broken at a million places must not cost a million strings kept.
TEST(Findings, EachLawKeepsItsFirstFewAndCountsTheRest) {
  Findings<int> findings;
  constexpr int broken = 1000;
  for (const LawText* law : {&first, &second}) {
    findings.begin(*law);
    for (int i = 0; i < broken; ++i) findings.add(i, "", "");
  }
  EXPECT_EQ(findings.total(), 2u * broken);
  EXPECT_EQ(findings.kept().size(), 2 * Findings<int>::kept_per_law);
  EXPECT_EQ(findings.kept().back().law, &second);
  EXPECT_EQ(findings.kept().back().spot, static_cast<int>(Findings<int>::kept_per_law) - 1);
}

TEST(Findings, ComparisonsAreCountedApartFromFindings) {
  Findings<int> findings;
  EXPECT_EQ(findings.comparisons(), 0u);
  findings.compared();
  findings.compared(41);
  EXPECT_EQ(findings.comparisons(), 42u);
  EXPECT_EQ(findings.total(), 0u);
}

TEST(Law, StrengthsHaveNames) {
  EXPECT_EQ(name_of(Strength::exact), "exact");
  EXPECT_EQ(name_of(Strength::bounded), "bounded");
  EXPECT_EQ(name_of(Strength::advisory), "advisory");
}

}  // namespace
}  // namespace heaplaw::oracle
