// The figures inside the articles are all read, and explained as the articles explain them; and
// bounds on live bytes hold against what collections of ten releases marked.
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "cli/audit/audit.h"
#include "cli/explain/explain.h"
#include "oracle/tables/documented.h"

namespace heaplaw::cli {
namespace {

const std::string articles = HEAPLAW_CORPUS "/articles/";
const std::string experiments = HEAPLAW_CORPUS "/experiments/";

struct Snippet {
  std::string_view file;
  std::string_view form;
  std::uint64_t count;
  std::uint64_t other_lines;  // the authors' own, and of the tools they used
};
constexpr Snippet snippets[] = {
    {"eight-cores.txt", "heap profile", 1, 1},
    {"section-of-mem-stats.txt", "heap profile", 1, 0},
    {"many-goroutines.txt", "heap profile", 1, 1},
    {"many-goroutines.txt", "heap profile records", 1, 1},
    {"cache-made-smaller.txt", "gctrace", 12, 6},
    {"cache-made-smaller.txt", "scvg", 2, 6},
    {"released-lazily.txt", "gctrace", 1, 0},
    {"released-lazily.txt", "scvg", 4, 0},
    {"ten-slices.txt", "gctrace of the C runtime", 12, 8},
    {"ten-slices.txt", "scvg", 3, 8},
    {"ten-slices.txt", "GC forced", 3, 8},
};

TEST(Articles, AllTheirFiguresAreReadAndObeyTheLaws) {
  for (const Snippet& snippet : snippets) {
    const CapturedTerminal captured;
    Progress progress(captured.terminal);
    const auto file = audit_file(articles + std::string(snippet.file), progress);
    ASSERT_EQ(file->error, "") << snippet.file;
    EXPECT_EQ(file->auditor.refused_count(), 0) << snippet.file;
    EXPECT_FALSE(file->auditor.fails()) << snippet.file;
    const auto form = file->auditor.forms().find(snippet.form);
    ASSERT_NE(form, file->auditor.forms().end()) << snippet.file << ": " << snippet.form;
    EXPECT_EQ(form->second.count, snippet.count) << snippet.file << ": " << snippet.form;
    EXPECT_EQ(file->auditor.foreign_count(), snippet.other_lines) << snippet.file;
  }
}

TEST(Articles, TheirRowsOfTheTableAreGos) {
  std::ifstream file(articles + "size-classes.txt");
  std::string line;
  std::size_t read = 0;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string comment;
    std::uint64_t number = 0;
    std::uint64_t size = 0;
    std::uint64_t span = 0;
    std::uint64_t objects = 0;
    std::uint64_t tail = 0;
    if (!(words >> comment >> number >> size >> span >> objects >> tail)) continue;
    bool found = false;
    for (const oracle::DocumentedTable& table : oracle::documented_tables()) {
      if (number > table.rows.size()) continue;
      const oracle::DocumentedRow& row = table.rows[number - 1];
      found = found || (row.size == size && row.pages * 8192 == span && row.objects == objects &&
                        row.tail_waste == tail);
    }
    EXPECT_TRUE(found) << line;
    ++read;
  }
  EXPECT_EQ(read, 20);
}

std::set<std::string_view> findings_in(const LedgerOptions& options) {
  CapturedTerminal captured(true);
  EXPECT_EQ(explain_ledger(options, captured.terminal), Exit::holds) << options.file;
  const auto json = nlohmann::json::parse(captured.out.str());
  std::set<std::string_view> ids;
  for (const evidence::FindingRule& rule : evidence::finding_rules()) {
    for (const auto& finding : json["findings"]) {
      if (finding["id"] == rule.id) ids.insert(rule.id);
    }
  }
  return ids;
}

TEST(Articles, AreExplainedAsTheyExplainThemselves) {
  using testing::Contains;
  using testing::Not;
  const auto goroutines = findings_in({.file = articles + "many-goroutines.txt"});
  EXPECT_THAT(goroutines, Contains("stacks-stay"));
  EXPECT_THAT(goroutines, Contains("idle-waits"));
  // 1023 MiB returned, and RSS stays where it was: the article's answer is madvdontneed=1.
  const auto lazily = findings_in({.file = articles + "released-lazily.txt", .rss = "1GiB"});
  EXPECT_THAT(lazily, Contains("freed-lazily"));
  EXPECT_THAT(lazily, Not(Contains("outside-go")));
}

constexpr std::uint64_t unknown = ~std::uint64_t{0};

// Own lines of the experiments stand between those of gctrace.
struct Moments {
  std::uint64_t checked = 0;
  std::uint64_t narrow = 0;
};
void check_live_bounds(const std::string& name, const std::string& release, Moments& moments) {
  CapturedTerminal captured(true);
  ASSERT_EQ(explain_ledger({.file = experiments + name, .release = release, .all = true},
                           captured.terminal),
            Exit::holds)
      << name;
  std::map<std::size_t, nlohmann::json> live;
  for (const auto& one : nlohmann::json::parse(captured.out.str())) {
    for (const auto& line : one["ledger"]) {
      if (line["id"] == "live") live[one["line"]] = line;
    }
  }
  std::ifstream file(experiments + name);
  std::uint64_t marked = unknown;  // MiB
  std::string line;
  static const std::regex heap(R"(, \d+->\d+->(\d+) MB)");
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, heap)) marked = std::stoull(match[1]);
    if (line.starts_with("start")) marked = unknown;
    if (!line.starts_with("after") || marked == unknown || !live.contains(number)) continue;
    const std::uint64_t lower = live[number]["lower"];
    const std::uint64_t upper = live[number]["upper"];
    EXPECT_GE(upper, marked << 20U) << name << ':' << number;
    EXPECT_LT(lower, (marked + 1) << 20U) << name << ':' << number;
    ++moments.checked;
    if (upper - lower < (marked << 20U) / 4) ++moments.narrow;
  }
}

TEST(Articles, LiveBytesAreWithinTheirBoundsInTheirExperiments) {
  Moments moments;
  for (const auto& [name, release] : std::initializer_list<std::pair<std::string, std::string>>{
           {"go1.5.4-bigbytes.txt", "1.5"},
           {"go1.9.7-bigmap.txt", "1.9"},
           {"go1.12.17-bigmap.txt", "1.12"},
           {"go1.13.1-bigbytes.txt", "1.13"},
           {"go1.13.15-bigmap.txt", "1.13"},
           {"go1.17.13-bigbytes.txt", "1.17"},
           {"go1.19.8-bigmap.txt", "1.19"},
           {"go1.21.13-bigbytes.txt", "1.21"},
           {"go1.23.12-bigmap.txt", "1.23"},
           {"go1.26.4-bigbytes.txt", "1.26"}}) {
    check_live_bounds(name, release, moments);
  }
  EXPECT_GT(moments.checked, 150);
  EXPECT_GT(moments.narrow, moments.checked / 4);
}

}  // namespace
}  // namespace heaplaw::cli
