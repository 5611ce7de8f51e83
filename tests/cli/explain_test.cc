#include "cli/explain/explain.h"

#include <filesystem>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "expect_input_error.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

using testing::HasSubstr;

const std::string articles = HEAPLAW_CORPUS "/articles/";
const std::string sequence = HEAPLAW_CORPUS "/dumps/go1.19.8/17-memstats-seq.jsonl";

std::string text_of(LedgerOptions options, Exit expected = Exit::holds) {
  CapturedTerminal captured;
  EXPECT_EQ(explain_ledger(options, captured.terminal), expected);
  return captured.out.str();
}
nlohmann::json json_of(LedgerOptions options, Exit expected = Exit::holds) {
  CapturedTerminal captured(true);
  EXPECT_EQ(explain_ledger(options, captured.terminal), expected);
  return nlohmann::json::parse(captured.out.str());
}
std::uint64_t bytes_of(const nlohmann::json& json, std::string_view id) {
  for (const auto& line : json["ledger"]) {
    if (line["id"] == id) {
      EXPECT_EQ(line["lower"], line["upper"]) << id;
      return line["lower"];
    }
  }
  ADD_FAILURE() << "no " << id;
  return 0;
}
std::set<std::string> findings_in(const nlohmann::json& json) {
  std::set<std::string> ids;
  for (const auto& finding : json["findings"]) ids.insert(finding["id"]);
  return ids;
}

// The service of 8 cores and 16 GiB, of which its authors saw 80 % in use: they came upon 10.88 GiB
// in use and 1.73 GiB idle and not returned, while pprof showed 6.3 GiB.
TEST(Explain, TheIncidentOfTheEightCores) {
  constexpr std::uint64_t eighty_percent = std::uint64_t{16} * (1 << 30) / 10 * 8;
  const auto json = json_of({.file = articles + "eight-cores.txt",
                             .rss = std::to_string(eighty_percent),
                             .live = "6.3GiB",
                             .release = "1.17"});
  EXPECT_EQ(bytes_of(json, "inuse"), 11676631040);
  EXPECT_EQ(bytes_of(json, "idle"), 2032746496 - 167829504);
  const std::uint64_t held = bytes_of(json, "held");
  EXPECT_EQ(held, 11676631040 + 1864916992);
  // What is left is 193 MiB: stacks and structures, which the authors' lines do not tell, and the
  // program itself.
  EXPECT_EQ(eighty_percent - held, 202347312);
  EXPECT_LT(eighty_percent - held, eighty_percent / 50);
  const auto findings = findings_in(json);
  EXPECT_TRUE(findings.contains("go-holds-it"));
  EXPECT_TRUE(findings.contains("profile-shows-less"));
  EXPECT_TRUE(findings.contains("spike-kept"));
  EXPECT_FALSE(findings.contains("outside-go"));
  EXPECT_FALSE(findings.contains("freed-lazily"));
}

TEST(Explain, TakesTheNewestOrTheChosenOrAll) {
  EXPECT_THAT(text_of({.file = sequence}), HasSubstr(":7: JSON, snapshot 7, Go 1.16 -"));
  EXPECT_THAT(text_of({.file = sequence, .snapshot = "2"}), HasSubstr(":2: JSON, snapshot 2"));
  EXPECT_EQ(json_of({.file = sequence, .all = true}).size(), 7);
  EXPECT_THAT(input_error_of([] { (void)text_of({.file = sequence, .snapshot = "8"}); }),
              HasSubstr("found 7 snapshots, expected snapshot 8"));
}

TEST(Explain, AProfileTellsTheMostThatRssWas) {
  EXPECT_THAT(text_of({.file = HEAPLAW_CORPUS "/dumps/go1.19.8/27-heap-rate64k.txt"}),
              HasSubstr("RSS at most "));
  EXPECT_THAT(text_of({.file = sequence}), testing::Not(HasSubstr("RSS at most ")));
}

TEST(Explain, SaysRuleSourceAndRemedy) {
  const std::string text = text_of({.file = sequence});
  EXPECT_THAT(text, HasSubstr("HeapIdle - HeapReleased [MS-13, SC-13]; goes away by "
                              "debug.FreeOSMemory"));
  EXPECT_THAT(text, HasSubstr("36,986,880"));
  EXPECT_THAT(text, HasSubstr("spike-kept"));
}

// The counter of large bytes has wrapped: what it spoils is left out, and the rest adds up.
TEST(Explain, FiguresThatContradictEachOtherAreAViolation) {
  const auto json =
      json_of({.file = HEAPLAW_CORPUS "/dumps/other-releases/go1.16.15-386.jsonl", .snapshot = "3"},
              Exit::violated);
  EXPECT_FALSE(json["consistent"]);
  EXPECT_TRUE(findings_in(json).contains("figures-contradict"));
  EXPECT_EQ(bytes_of(json, "inuse"), 1241841664);
}

TEST(Explain, NarrowsByTheReleaseAndRefusesAnImpossibleOne) {
  const auto json = json_of({.file = sequence, .release = "1.19"});
  EXPECT_EQ(json["releases"], "1.19");
  EXPECT_THAT(input_error_of([] { (void)text_of({.file = sequence, .release = "1.4"}); }),
              HasSubstr(":7: found figures that Go 1.16 - prints, expected those of Go 1.4"));
}

TEST(Explain, ChoosesAProcess) {
  const ScratchFolder folder;
  const std::string page = folder.put("page",
                                      "go_memstats_heap_inuse_bytes{job=\"a\"} "
                                      "8192\ngo_memstats_heap_inuse_bytes{job=\"b\"} 16384\n");
  EXPECT_EQ(bytes_of(json_of({.file = page, .process = "job=\"a\""}), "inuse"), 8192);
  EXPECT_EQ(bytes_of(json_of({.file = page, .process = "job=\"b\""}), "inuse"), 16384);
  EXPECT_THAT(input_error_of([&] { (void)text_of({.file = page, .process = "c"}); }),
              HasSubstr("found 2 snapshots, expected one of a process 'c'"));
}

TEST(Explain, DrawsIntoNewFilesOnly) {
  const ScratchFolder folder;
  const std::string svg = folder.path("out.svg");
  const std::string html = folder.path("out.html");
  (void)text_of({.file = sequence, .svg = svg, .html = html});
  EXPECT_TRUE(std::filesystem::exists(svg));
  EXPECT_TRUE(std::filesystem::exists(html));
  EXPECT_ANY_THROW((void)text_of({.file = sequence, .svg = svg}));
  EXPECT_ANY_THROW((void)text_of({.file = sequence, .html = folder.path("none/out.html")}));
}

TEST(Explain, OtherTextsAreRefused) {
  const ScratchFolder folder;
  const auto refusal = [&](std::string_view text) {
    return input_error_of([&] { (void)text_of({.file = folder.put("file", text)}); });
  };
  EXPECT_THAT(refusal("hello\n"), HasSubstr("found no figures of Go's memory, expected"));
  EXPECT_THAT(refusal(""), HasSubstr("found no figures of Go's memory, expected"));
  EXPECT_THAT(refusal("gc 5 @0.1s 0%: 3\n"), HasSubstr("file:1: found a line of a trace"));
  EXPECT_THAT(input_error_of([] { (void)text_of({.file = "/nowhere"}); }),
              HasSubstr("no such file"));
}

TEST(Explain, BytesMayHaveUnits) {
  EXPECT_EQ(parse_bytes("13743895347", "--rss"), 13743895347);
  EXPECT_EQ(parse_bytes("18446744073709551615", "--rss"), ~std::uint64_t{0});
  EXPECT_EQ(parse_bytes("77632KiB", "--rss"), 77632 * 1024);
  EXPECT_EQ(parse_bytes("1.5 GiB", "--rss"), 3 * 512 * 1024 * 1024);
  EXPECT_EQ(parse_bytes("7B", "--rss"), 7);
  for (const char* bad : {"", "x", "-1", "1.5", "1e3", "12GB", "99999999999TiB", "1 KiB2", "nan",
                          "18446744073709551616"}) {
    EXPECT_THROW((void)parse_bytes(bad, "--rss"), std::invalid_argument) << bad;
  }
}

TEST(Explain, OptionsAreCheckedBeforeTheFileIsRead) {
  for (const LedgerOptions& bad : {LedgerOptions{.file = "/nowhere", .rss = "x"},
                                   LedgerOptions{.file = "/nowhere", .gogc = "x"},
                                   LedgerOptions{.file = "/nowhere", .snapshot = "0"},
                                   LedgerOptions{.file = "/nowhere", .release = "1.99"},
                                   LedgerOptions{.file = "/nowhere", .gogc = "99999999999"}}) {
    CapturedTerminal captured;
    EXPECT_THROW((void)explain_ledger(bad, captured.terminal), std::invalid_argument);
  }
  EXPECT_THAT(text_of({.file = sequence, .gogc = "off"}), HasSubstr("NextGC does not follow"));
}

}  // namespace
}  // namespace heaplaw::cli
