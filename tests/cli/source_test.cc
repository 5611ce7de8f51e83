#include "cli/table/source.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "vocabulary/input_error.h"

namespace heaplaw::cli {
namespace {

TEST(Source, AParameterIsSetByName) {
  SizeClassParameters p;
  set_parameter(p, "page_size=16384");
  set_parameter(p, "grow_to_fill=0");
  EXPECT_EQ(p.page_size, 16_KiB);
  EXPECT_FALSE(p.grow_to_fill);
  EXPECT_EQ(describe(p),
            "page_size 16384, max_small_size 32768, small_size_max 1024, small_size_div 8, "
            "large_size_div 128, min_heap_align 8, step16_from 32, grow_to_fill 0");
}

TEST(Source, AWrongAssignmentIsRefusedWithWhatIsPossible) {
  SizeClassParameters p;
  for (const char* wrong : {"page_size", "page_size=", "page_size=8k", "=1", "grow_to_fill=2",
                            "no_such=1", "page_size=-1"}) {
    EXPECT_THROW(set_parameter(p, wrong), std::invalid_argument) << wrong;
  }
  EXPECT_EQ(p, SizeClassParameters{});
}

TEST(Source, ATableComesFromAReleaseOrAFile) {
  EXPECT_EQ(table_named("1.4").name, "go1.4");
  EXPECT_EQ(table_named("1.4").table.sizes.size(), 67u);
  EXPECT_THROW((void)table_named("no-such-file"), InputError);
}

}  // namespace
}  // namespace heaplaw::cli
