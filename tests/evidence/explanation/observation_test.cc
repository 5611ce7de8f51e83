#include "evidence/explanation/observation.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(Observation, GoHoldsWhatItHasNotReturned) {
  Figures f;
  f.sys = Bounds::exactly(100);
  EXPECT_FALSE(held_by_go(f));
  f.heap_released = Bounds::exactly(30);
  EXPECT_EQ(held_by_go(f), Bounds::exactly(70));
}

TEST(Observation, FourReleasesFreeLazily) {
  const auto of = [](ReleaseSpan releases) {
    Figures f;
    f.releases = releases;
    return std::pair(may_free_lazily(f), surely_frees_lazily(f));
  };
  EXPECT_EQ(of({11, 11}), std::pair(false, false));
  EXPECT_EQ(of({12, 15}), std::pair(true, true));
  EXPECT_EQ(of({13, 13}), std::pair(true, true));
  EXPECT_EQ(of({16, 16}), std::pair(false, false));
  EXPECT_EQ(of({11, 12}), std::pair(true, false));
  EXPECT_EQ(of({2, 1}), std::pair(false, false));
}

}  // namespace
}  // namespace heaplaw::evidence
