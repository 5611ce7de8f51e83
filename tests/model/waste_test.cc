#include "model/waste.h"

#include <gtest/gtest.h>

#include "vocabulary/release_facts.h"

namespace heaplaw::model {
namespace {

TEST(Waste, TheClassOf96WastesAsDocumented) {
  constexpr SizeClass c{96_B, 1_pages};
  EXPECT_EQ(tail_waste(c, 8_KiB), 32_B);
  EXPECT_EQ(max_waste(c, 80_B, 8_KiB), 1595u);  // ((96-80-1)*85+32)/8192
}

TEST(Waste, TiesPrintAsUpstreamPrintsThem) {
  EXPECT_EQ(max_waste({32_B, 1_pages}, 16_B, 8_KiB), 4688u);  // 46.875 %
  EXPECT_EQ(max_waste({32_B, 1_pages}, 24_B, 8_KiB), 2188u);  // 21.875 %
}

TEST(Waste, AlignmentEndsAtThePage) {
  EXPECT_EQ(min_align(24_B, 8_KiB), 8_B);
  EXPECT_EQ(min_align(32_KiB, 8_KiB), 8_KiB);
  EXPECT_EQ(min_align(32_KiB, 64_KiB), 32_KiB);
}

TEST(Waste, TheAlignmentTableIsTheShippedOne) {
  const SizeClasses classes(facts_of(Release{26}).size_classes);
  const std::vector<AlignmentRow> shipped = {{8, 3, 8},        {16, 4, 32},   {32, 5, 256},
                                             {64, 6, 512},     {128, 7, 768}, {4096, 12, 28672},
                                             {8192, 13, 32768}};
  EXPECT_EQ(alignment_rows(classes, 8_KiB), shipped);
  EXPECT_EQ(alignment_rows(classes, Bytes{1u << 31}).back(), (AlignmentRow{32768, 15, 32768}));
}

}  // namespace
}  // namespace heaplaw::model
