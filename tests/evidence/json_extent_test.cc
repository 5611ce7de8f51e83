#include "evidence/json_extent.h"

#include <string>

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(JsonExtent, IsTheLengthOfOneValue) {
  EXPECT_EQ(json_extent("12,3"), 2);
  EXPECT_EQ(json_extent("null"), 4);
  EXPECT_EQ(json_extent("\"a\\\"}\" x"), 6);
  EXPECT_EQ(json_extent("{\"a\": [1, {}], \"b\": \"]\"}, 1"), 24);
}

TEST(JsonExtent, KnowsWhatDoesNotEnd) {
  for (const char* text : {"", "{", "[1}", "\"a", "\"\\\"", "]", ",", " 1", "{\"a\": \"}"}) {
    EXPECT_EQ(json_extent(text), std::nullopt) << text;
  }
}

TEST(JsonExtent, RefusesDepthsThatNobodyNests) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(json_extent(nested(json_depth_max)), 2 * json_depth_max);
  EXPECT_EQ(json_extent(nested(json_depth_max + 1)), std::nullopt);
}

}  // namespace
}  // namespace heaplaw::evidence
