#include "model/divide_magic.h"

#include <vector>

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

SizeClasses classes_of(const char* release) {
  return SizeClasses(facts_of(Release::parse(release)).size_classes);
}

TEST(DivideMagic, TheWidestFormFillsThirtyTwoBits) {
  EXPECT_EQ(widest_magic(8_B),
            (ShiftMagic{.shift = 3, .shift2 = 31, .mul = 2147483648, .base_mask = ~7ull}));
  EXPECT_EQ(widest_magic(48_B), (ShiftMagic{.shift = 4, .shift2 = 33, .mul = 2863311531}));
}

// The only classes for which dividing the span's size itself needs another multiplier.
TEST(DivideMagic, IncludingTheSpanChangesFiveClasses) {
  struct Case {
    Bytes size;
    ShiftMagic excluding, including;
  };
  const Case cases[] = {
      {48_B, {4, 9, 171, 0}, {4, 11, 683, 0}}, {144_B, {4, 9, 57, 0}, {4, 13, 911, 0}},
      {192_B, {6, 7, 43, 0}, {6, 9, 171, 0}},  {640_B, {7, 6, 13, 0}, {7, 9, 103, 0}},
      {768_B, {8, 5, 11, 0}, {8, 7, 43, 0}},
  };
  const SizeClasses classes = classes_of("1.13");
  std::size_t changed = 0;
  for (std::size_t i = 1; i < classes.count(); ++i) {
    const Bytes span = classes.span_bytes(i);
    changed += smallest_magic(classes[i].size, span - 1_B) != smallest_magic(classes[i].size, span);
  }
  EXPECT_EQ(changed, std::size(cases));
  for (const Case& c : cases) {
    EXPECT_EQ(smallest_magic(c.size, 8191_B), c.excluding) << c.size.raw();
    EXPECT_EQ(smallest_magic(c.size, 8192_B), c.including) << c.size.raw();
  }
}

TEST(DivideMagic, EveryFormDividesEveryOffsetOfEverySpan) {
  std::size_t checked = 0;
  for (const char* release : {"1.5", "1.8", "1.13", "1.16", "1.26"}) {
    const ReleaseFacts facts = facts_of(Release::parse(release));
    const SizeClasses classes(facts.size_classes, facts.lookup_fill);
    std::visit(
        [&]<typename Magics>(const Magics& magics) {
          if constexpr (!std::is_same_v<Magics, std::monostate>) {
            for (std::size_t i = 1; i < classes.count(); ++i) {
              for (Bytes offset; offset < classes.span_bytes(i); offset += 1_B, ++checked) {
                ASSERT_EQ(quotient(magics[i], offset), offset / classes[i].size)
                    << release << " class " << i << " offset " << offset.raw();
              }
            }
          }
        },
        divide_magic(classes, facts.magic_form));
  }
  EXPECT_EQ(checked, (167u + 167 + 167 + 168 + 168) * 8192);
}

TEST(DivideMagic, OnlyOneClassNeedsAllThirtyTwoBits) {
  const SizeClasses classes = classes_of("1.26");
  std::vector<Bytes> needing_all;
  for (std::size_t i = 1; i < classes.count(); ++i) {
    const int bits = reciprocal_bits_needed(classes[i].size, classes.span_bytes(i));
    EXPECT_LE(bits, 32);
    if (bits == 32) needing_all.push_back(classes[i].size);
  }
  EXPECT_EQ(needing_all, (std::vector<Bytes>{27264_B}));
}

TEST(DivideMagic, ADivisionThatSixteenBitsCannotDoIsRefused) {
  EXPECT_THROW((void)smallest_magic(65519_B, 1_MiB), ImpossibleParameters);
}

TEST(DivideMagic, ReleasesBefore15HaveNone) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(
      divide_magic(classes_of("1.4"), DivideMagicForm::none)));
}

}  // namespace
}  // namespace heaplaw::model
