#include "oracle/laws/judge_all.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

using F = Findings<int>;

void is_even(const int& subject, F& f) {
  f.compared();
  if (subject % 2 != 0) f.add(1, "odd", "even");
}
void judges_only_the_large(const int& subject, F& f) {
  if (subject < 100) return;
  f.compared();
  f.add(2, "large", "small");
}

constexpr Law<int, int> laws[] = {
    {{"is-even", "Even.", "1.0 -", Strength::exact, "a test"}, is_even},
    {{"is-small", "Small.", "1.0 -", Strength::exact, "a test"}, judges_only_the_large},
};

TEST(JudgeAll, SaysWhichLawsComparedSomething) {
  F findings;
  EXPECT_EQ(judge_all<laws>(2, findings), 0b01U);
  EXPECT_EQ(judge_all<laws>(200, findings), 0b11U);
}

TEST(JudgeAll, EachFindingIsOfItsLaw) {
  F findings;
  (void)judge_all<laws>(101, findings);
  ASSERT_EQ(findings.kept().size(), 2);
  EXPECT_EQ(findings.kept()[0].law, &laws[0].text);
  EXPECT_EQ(findings.kept()[1].law, &laws[1].text);
}

}  // namespace
}  // namespace heaplaw::oracle
