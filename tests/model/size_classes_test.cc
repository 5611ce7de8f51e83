#include "model/size_classes.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

SizeClasses classes_of(const char* release) {
  const ReleaseFacts facts = facts_of(Release::parse(release));
  return SizeClasses(facts.size_classes, facts.lookup_fill);
}

struct Shipped {
  const char* release;
  std::size_t count;
  std::uint64_t sizes, pages, objects;  // sums over all classes, published with the tables
};
constexpr Shipped shipped[] = {
    {"1.0", 61, 317896, 182, 1574},
    {"1.3", 67, 361608, 167, 3133},
    {"1.8", 67, 372744, 167, 3133},
    {"1.16", 68, 372768, 168, 3474},
};

TEST(SizeClasses, FourTablesEverShippedHaveTheirPublishedSums) {
  for (const Shipped& s : shipped) {
    const SizeClasses classes = classes_of(s.release);
    std::uint64_t sizes = 0;
    std::uint64_t pages = 0;
    std::uint64_t objects = 0;
    for (std::size_t i = 1; i < classes.count(); ++i) {
      sizes += classes[i].size.raw();
      pages += classes[i].pages.raw();
      objects += classes.span_bytes(i) / classes[i].size;
    }
    EXPECT_EQ(classes.count(), s.count) << s.release;
    EXPECT_EQ(sizes, s.sizes) << s.release;
    EXPECT_EQ(pages, s.pages) << s.release;
    EXPECT_EQ(objects, s.objects) << s.release;
    EXPECT_NO_THROW(classes.check_invariants()) << s.release;
  }
}

TEST(SizeClasses, TheClassOf24AppearsWithTheLaterStep) {
  EXPECT_EQ(classes_of("1.15")[3], (SizeClass{32_B, 1_pages}));
  EXPECT_EQ(classes_of("1.16")[3], (SizeClass{24_B, 1_pages}));
}

TEST(SizeClasses, GrowthHandsTheTailToTheObjects) {
  EXPECT_EQ(classes_of("1.7")[57].size, 14080_B);
  EXPECT_EQ(classes_of("1.8")[57].size, 14336_B);
}

TEST(SizeClasses, ClassOfIsTheSmallestThatHoldsInEveryRelease) {
  for (const Shipped& s : shipped) {
    const SizeClasses classes = classes_of(s.release);
    ClassIndex expected = 1;
    for (std::uint64_t n = 1; n <= 32768; ++n) {
      while (classes[expected].size.raw() < n) ++expected;
      ASSERT_EQ(classes.class_of(Bytes{n}), expected) << s.release << ' ' << n;
    }
  }
}

TEST(SizeClasses, SizesJustBelowTheSplitUseTheFirstCoarseEntry) {
  const SizeClasses classes = classes_of("1.26");
  EXPECT_TRUE(classes.looks_up_fine(1016_B));
  for (std::uint64_t n = 1017; n <= 1024; ++n) {
    EXPECT_FALSE(classes.looks_up_fine(Bytes{n}));
    EXPECT_EQ(classes.lookup_entry(Bytes{n}), 0u);
    EXPECT_EQ(classes[classes.class_of(Bytes{n})].size, 1024_B);
  }
  EXPECT_EQ(classes.lookup_entry(1025_B), 1u);
}

TEST(SizeClasses, OnlyTheOldFillLeavesItsQuirks) {
  const SizeClasses old = classes_of("1.7");
  EXPECT_EQ(old.small_lookup().front(), 1);
  EXPECT_EQ(old.small_lookup().back(), 0);
  const SizeClasses current = classes_of("1.8");
  EXPECT_EQ(current.small_lookup().front(), 0);
  EXPECT_EQ(current.small_lookup().back(), current.large_lookup().front());
}

TEST(SizeClasses, OtherParametersGiveOtherTables) {
  const SizeClasses big({.page_size = 16_KiB});
  EXPECT_NO_THROW(big.check_invariants());
  EXPECT_NE(big.count(), classes_of("1.26").count());
  // The coarse lookup rounds up to its granularity, so it may pass over a class that would do.
  const SizeClasses coarse({.page_size = 256_B, .small_size_max = 256_B});
  EXPECT_NO_THROW(coarse.check_invariants());
}

}  // namespace
}  // namespace heaplaw::model
