#include "evidence/expvar_page.h"

#include <gtest/gtest.h>

#include "dumps.h"
#include "expect_input_error.h"

namespace heaplaw::evidence {
namespace {

std::string refusal_of(const std::string& text) {
  return input_error_of([&] { (void)parse_expvar_page(text, "vars"); });
}

TEST(ExpvarPage, ARealOneSurvivesByteForByte) {
  const std::string text = read_dump("go1.19.8/21-expvar.json");
  const ExpvarPage page = parse_expvar_page(text, "vars");
  EXPECT_EQ(print(page), text);
  ASSERT_EQ(page.variables.size(), 3);
  EXPECT_EQ(page.variables[0].name, "cmdline");
  EXPECT_EQ(page.variables[0].value, "[\"./live19\",\"expvar\"]");
  EXPECT_EQ(page.mem_stats->snapshot.stats.heap_idle, 3145728);
  EXPECT_EQ(to_string(page.mem_stats->releases), "1.16 -");
}

TEST(ExpvarPage, MayLackMemStats) {
  const std::string text = "{\n\"a\": {\"b\": [1, 2]},\n\"c\\\"d\": \"}\"\n}\n";
  const ExpvarPage page = parse_expvar_page(text, "vars");
  EXPECT_FALSE(page.mem_stats.has_value());
  EXPECT_EQ(print(page), text);
}

TEST(ExpvarPage, RefusesWhatThePackageDoesNotPrint) {
  EXPECT_EQ(refusal_of(""), "vars:1:1: found the end of the file, expected '{\\x0a'");
  EXPECT_EQ(refusal_of("{\n\"a\":1\n}\n"), "vars:2:4: found ':1\\x0a}\\x0a', expected ': '");
  EXPECT_EQ(refusal_of("{\n\"b\": 1,\n\"a\": 1\n}\n"),
            "vars:3:1: found '\"a\": 1\\x0a}\\x0a', expected a name after b");
  EXPECT_EQ(refusal_of("{\n\"memstats\": ,\n}\n"),
            "vars:2:13: found ',\\x0a}\\x0a', expected a MemStats");
  EXPECT_EQ(refusal_of("{\n\"a\": [1}\n}\n"),
            "vars:2:6: found '[1}\\x0a}\\x0a', expected a JSON value");
}

}  // namespace
}  // namespace heaplaw::evidence
