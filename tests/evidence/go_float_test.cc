#include "evidence/go_float.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

struct Spelling {
  double value;
  const char* shortest;
  const char* json;
};

// Printed by Go 1.26 with %v and with encoding/json.
const Spelling spellings[] = {
    {0, "0", "0"},
    {1, "1", "1"},
    {100000, "100000", "100000"},
    {434693, "434693", "434693"},
    {999999, "999999", "999999"},
    {1e6, "1e+06", "1000000"},
    {8133680, "8.13368e+06", "8133680"},
    {12345678.5, "1.23456785e+07", "12345678.5"},
    {1e20, "1e+20", "100000000000000000000"},
    {1e21, "1e+21", "1e+21"},
    {0.0001, "0.0001", "0.0001"},
    {0.00012345, "0.00012345", "0.00012345"},
    {0.000099, "9.9e-05", "0.000099"},
    {1e-6, "1e-06", "0.000001"},
    {9.9e-7, "9.9e-07", "9.9e-7"},
    {1e-7, "1e-07", "1e-7"},
    {1.5e-10, "1.5e-10", "1.5e-10"},
    {5e-324, "5e-324", "5e-324"},
    {1.7976931348623157e308, "1.7976931348623157e+308", "1.7976931348623157e+308"},
    {-8.07e-6, "-8.07e-06", "-0.00000807"},
    {0.004752840014321051, "0.004752840014321051", "0.004752840014321051"},
};

TEST(GoFloat, IsSpelledAsGoSpellsIt) {
  for (const Spelling& s : spellings) {
    EXPECT_EQ(go_float(s.value, GoFloatForm::shortest), s.shortest);
    EXPECT_EQ(go_float(s.value, GoFloatForm::json), s.json);
  }
}

TEST(GoFloat, ReadsBackEverySpelling) {
  for (const Spelling& s : spellings) {
    EXPECT_EQ(parse_go_float(s.shortest), s.value);
    EXPECT_EQ(parse_go_float(s.json), s.value);
  }
}

TEST(GoFloat, KnowsWhatIsNoNumber) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(*parse_go_float("NaN")));
  EXPECT_EQ(parse_go_float("+Inf"), infinity);
  EXPECT_EQ(parse_go_float("-Inf"), -infinity);
  EXPECT_EQ(go_float(-infinity, GoFloatForm::shortest), "-Inf");
  EXPECT_EQ(go_float(std::nan(""), GoFloatForm::shortest), "NaN");
  for (const char* text : {"", "inf", "nan", "1e", "1x", "0x1p3", "--1", "1,5"}) {
    EXPECT_EQ(parse_go_float(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace heaplaw::evidence
