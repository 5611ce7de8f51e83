#include "cli/table/table_commands.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "cli/table/verify.h"

namespace heaplaw::cli {
namespace {

std::string printed(const PrintOptions& options, bool json = false) {
  CapturedTerminal captured(json);
  EXPECT_EQ(table_print(options, captured.terminal), Exit::holds);
  return captured.out.str();
}

std::string explained(const ExplainOptions& options, bool json = false) {
  CapturedTerminal captured(json);
  EXPECT_EQ(table_explain(options, captured.terminal), Exit::holds);
  return captured.out.str();
}

std::string diffed(const char* from, const char* to, bool json = false) {
  CapturedTerminal captured(json);
  EXPECT_EQ(table_diff({from, to}, captured.terminal), Exit::holds);
  return captured.out.str();
}

TEST(TablePrint, ARealReleaseGivesItsFile) {
  EXPECT_EQ(printed({.release = "1.19"}), edition_text(size_class_edition(9)));
  EXPECT_EQ(printed({.release = "1.26.4"}), edition_text(size_class_edition(15)));
}

TEST(TablePrint, AReleaseWithoutAFileSaysSoAndStillHasRows) {
  CapturedTerminal captured;
  EXPECT_THROW((void)table_print({.release = "1.4"}, captured.terminal), std::invalid_argument);
  EXPECT_EQ(captured.out.str(), "");
  const std::string rows = printed({.release = "1.4", .rows = true});
  EXPECT_NE(rows.find("   66      32768       32768        1           0     13.28%       8192\n"),
            std::string::npos)
      << rows;
}

TEST(TablePrint, JsonHasEveryClass) {
  const auto json = nlohmann::json::parse(printed({.release = "1.26"}, true));
  EXPECT_EQ(json["release"], "go1.26.0");
  EXPECT_EQ(json["classes"].size(), 67u);
  EXPECT_EQ(json["classes"][7]["max_waste_percent"], 15.95);
}

TEST(TablePrint, ParametersCanBeSet) {
  const std::string text = printed({.release = "1.26", .parameters = {"page_size=16384"}});
  EXPECT_NE(text.find("PageShift          = 14"), std::string::npos);
}

TEST(TableExplain, TheWayOfAnObjectWithPointers) {
  const std::string text =
      explained({.bytes = "100", .release = "1.26", .experiments = {}, .pointers = true});
  EXPECT_NE(text.find("class              9  of 112 bytes"), std::string::npos) << text;
  EXPECT_NE(text.find("objects         70  of 112 bytes"), std::string::npos) << text;
  EXPECT_NE(text.find("heap bitmap    128  bytes"), std::string::npos) << text;
  EXPECT_NE(text.find("in the slot     12  bytes"), std::string::npos) << text;
}

TEST(TableExplain, EveryWayHasItsJson) {
  const auto way = [](const char* bytes) {
    return nlohmann::json::parse(explained({.bytes = bytes, .release = "1.26"}, true))["way"];
  };
  EXPECT_EQ(way("0"), "zero-size");
  EXPECT_EQ(way("5"), "tiny");
  EXPECT_EQ(way("100"), "small");
  EXPECT_EQ(way("40000"), "large");
  EXPECT_EQ(way("18446744073709551615"), "out-of-memory");
}

TEST(TableExplain, EveryWayHasItsWords) {
  const auto text = [](const char* bytes, const char* release) {
    return explained({.bytes = bytes, .release = release});
  };
  EXPECT_NE(text("0", "1.26").find("share one address"), std::string::npos);
  EXPECT_NE(text("5", "1.26").find("inside a block of 16"), std::string::npos);
  EXPECT_NE(text("5", "1.5").find("nothing is ever shared"), std::string::npos);
  EXPECT_NE(text("40000", "1.26").find("a span of its own"), std::string::npos);
  EXPECT_NE(text("18446744073709551615", "1.26").find("out of memory"), std::string::npos);
  EXPECT_NE(text("0", "1.0").find("of 8 bytes"), std::string::npos);
}

TEST(TableDiff, AnInsertedClassIsOneChangeAndOneRenumbering) {
  EXPECT_EQ(diffed("1.15", "1.16"),
            "go1.15 -> go1.16: 3 changes\n"
            "  NumSizeClasses           67 -> 68\n"
            "  size 24                  nothing -> class 3, 1 page\n"
            "  numbers of classes       sizes 32 to 32768 -> +1\n");
}

TEST(TableDiff, TheGrowthPassChangedEighteenClasses) {
  const auto json = nlohmann::json::parse(diffed("1.7", "1.8", true));
  int grown = 0;
  for (const auto& change : json["changes"]) {
    grown += change["what"].get<std::string>().starts_with("class ");
  }
  EXPECT_EQ(grown, 18);
}

TEST(TableDiff, ReleasesWithOneTableDoNotDiffer) {
  EXPECT_EQ(diffed("1.17", "1.20"), "go1.17 -> go1.20: the same table\n");
}

TEST(TableVerify, TheWorstFileDecidesTheExit) {
  CapturedTerminal captured;
  EXPECT_EQ(table_verify({.files = {"/nonexistent"}}, captured.terminal), Exit::bad_input);
  EXPECT_EQ(captured.err.str(),
            "heaplaw: /nonexistent: found no such file, expected a readable file\n");
}

}  // namespace
}  // namespace heaplaw::cli
