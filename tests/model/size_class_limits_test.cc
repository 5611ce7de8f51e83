#include "model/size_class_limits.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/size_classes.h"

namespace heaplaw::model {
namespace {

std::string reason_against(const SizeClassParameters& parameters) {
  try {
    SizeClasses classes(parameters);
  } catch (const ImpossibleParameters& error) {
    return error.what();
  }
  return "accepted";
}

TEST(SizeClassLimits, EachImpossibleParameterIsRefusedForItsOwnReason) {
  struct Case {
    SizeClassParameters parameters;
    std::string reason;
  };
  const Case cases[] = {
      {{.page_size = 0_B}, "page_size is 0, which is not a power of two"},
      {{.page_size = 8191_B}, "page_size is 8191, which is not a power of two"},
      {{.page_size = 2_MiB}, "page_size is 2097152; at most 1 MiB is supported"},
      {{.small_size_div = 12_B}, "small_size_div is 12, which is not a power of two"},
      {{.large_size_div = 0_B}, "large_size_div is 0, which is not a power of two"},
      {{.step16_from = 24_B}, "step16_from is 24, which is not a power of two"},
      {{.min_heap_align = 32_B},
       "min_heap_align is 32; the step of 16 bytes further up would undo more than 16"},
      {{.max_small_size = 64_KiB},
       "max_small_size is 65536; class_to_size holds 16 bits, so at most 65535"},
      {{.max_small_size = 512_B}, "small_size_max is 1024, above max_small_size 512"},
      {{.small_size_max = 4_B}, "small_size_max is 4, below one step of 8"},
      {{.small_size_max = 1028_B}, "small_size_max is 1028, not a multiple of small_size_div 8"},
      {{.max_small_size = 32760_B},
       "max_small_size 32760 lies 31736 bytes above small_size_max, not a multiple of "
       "large_size_div 128"},
      {{.small_size_div = 256_B},
       "large_size_div 128 is below small_size_div 256: the index of a size just below the split "
       "would be negative"},
      {{.max_small_size = 8_B, .small_size_max = 8_B, .min_heap_align = 16_B},
       "max_small_size is 8, below the first class of 16"},
      {{.max_small_size = 2176_B},
       "the largest class is 2048: sizes from there to max_small_size 2176 have no class"},
      {{.page_size = 64_B}, "class 89 needs 256 pages; class_to_allocnpages holds 8 bits"},
  };
  for (const Case& c : cases) EXPECT_EQ(reason_against(c.parameters), c.reason);
}

TEST(SizeClassLimits, WhatCameOutMustFitTheArrays) {
  const SizeClassParameters p{};
  std::vector<SizeClass> classes(300, SizeClass{32_KiB, 4_pages});
  EXPECT_THROW(reject_unusable(p, classes), ImpossibleParameters);
  EXPECT_THROW(reject_unusable(p, std::vector<SizeClass>{{}, {64_KiB, 8_pages}}),
               ImpossibleParameters);
  EXPECT_THROW(reject_unusable(p, std::vector<SizeClass>{{}, {32_KiB, 4_pages}, {32_KiB, 5_pages}}),
               ImpossibleParameters);
  EXPECT_NO_THROW(reject_unusable(p, std::vector<SizeClass>{{}, {32_KiB, 4_pages}}));
}

}  // namespace
}  // namespace heaplaw::model
