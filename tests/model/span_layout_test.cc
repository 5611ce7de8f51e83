#include "model/span_layout.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using enum ObjectKind;
using enum Architecture;

constexpr SizeClass bytes16{16_B, 1_pages};

SpanLayout layout(const char* release, SizeClass c, ObjectKind kind,
                  Architecture architecture = bits64) {
  return span_layout(c, kind, architecture, facts_of(Release::parse(release)));
}

TEST(SpanLayout, UpTo121ASpanHoldsOnlyObjects) {
  const SpanLayout expected{.bytes = 8192_B, .objects = 512, .limit = 8192_B};
  EXPECT_EQ(layout("1.21", bytes16, scan), expected);
  EXPECT_EQ(layout("1.21", bytes16, noscan), expected);
}

TEST(SpanLayout, From122SmallPointerfulSpansEndInABitmap) {
  EXPECT_EQ(layout("1.22", bytes16, scan).heap_bitmap, 128_B);
  EXPECT_EQ(layout("1.22", bytes16, scan).objects, 504u);
  EXPECT_EQ(layout("1.22", bytes16, scan, bits32).heap_bitmap, 256_B);
  EXPECT_EQ(layout("1.22", bytes16, noscan).objects, 512u);
  EXPECT_EQ(layout("1.22", {512_B, 1_pages}, scan).objects, 15u);
  EXPECT_EQ(layout("1.22", {576_B, 1_pages}, scan).objects, 14u);
}

TEST(SpanLayout, From126BothKindsCarryInlineMarks) {
  EXPECT_EQ(layout("1.26", bytes16, scan).objects, 496u);
  EXPECT_EQ(layout("1.26", bytes16, noscan).objects, 504u);
  EXPECT_EQ(layout("1.26", {8_B, 1_pages}, noscan).objects, 1024u);
  EXPECT_EQ(layout("1.26", {8_B, 1_pages}, scan).objects, 1008u);
  EXPECT_EQ(layout("1.26", {16384_B, 2_pages}, scan).inline_marks, 0_B);
}

TEST(SpanLayout, TheLimitForgotTheBitmapUntil125) {
  EXPECT_EQ(layout("1.24", bytes16, scan).limit, 8192_B);
  EXPECT_EQ(layout("1.25", bytes16, scan).limit, 8064_B);
}

TEST(SpanLayout, ItsPartsFillTheSpan) {
  const SpanLayout l = layout("1.26", {112_B, 1_pages}, scan);
  EXPECT_EQ(l.objects, 70u);
  EXPECT_EQ(112_B * l.objects + l.tail + l.heap_bitmap + l.inline_marks, l.bytes);
}

}  // namespace
}  // namespace heaplaw::model
