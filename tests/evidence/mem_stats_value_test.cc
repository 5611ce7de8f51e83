#include "evidence/mem_stats_value.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "evidence/mem_stats_fields.h"
#include "expect_input_error.h"
#include "vocabulary/line_reader.h"

namespace heaplaw::evidence {
namespace {

std::vector<std::string> lines_of(const std::string& dump) {
  const std::string text = read_dump(dump);
  LineReader reader(text, dump, 1 << 20);
  std::vector<std::string> lines;
  std::string_view line;
  while (reader.next(line)) lines.emplace_back(line);
  return lines;
}

std::string refusal_of(const std::string& text) {
  return input_error_of([&] { (void)parse_mem_stats_value(text, {"f", 1}); });
}

TEST(MemStatsValue, RealOnesSurviveByteForByte) {
  std::map<std::string, int> read;
  for (const char* kind : {".jsonl", "values.txt"}) {
    for (const DumpFile& dump : dumps_named(kind)) {
      for (const std::string& line : lines_of(dump.name)) {
        const MemStatsValue value = parse_mem_stats_value(line, {dump.name, 1});
        EXPECT_EQ(print(value), line) << dump.name;
        ++read[(value.pointer ? "&" : "") + std::string(name_of(value.form))];
      }
    }
  }
  const std::map<std::string, int> expected = {{"%v", 2},
                                               {"%+v", 2},
                                               {"%#v", 2},
                                               {"&%v", 2},
                                               {"&%+v", 2},
                                               {"&%#v", 2},
                                               {"JSON", read["JSON"]}};
  EXPECT_EQ(read, expected);
  EXPECT_GT(read["JSON"], 100);
}

TEST(MemStatsValue, TellsTheRelease) {
  const auto releases = [](const std::string& dump) {
    return to_string(parse_mem_stats_value(lines_of(dump)[0], {dump, 1}).releases);
  };
  EXPECT_EQ(releases("other-releases/go1.2.2-json.jsonl"), "1.2");
  EXPECT_EQ(releases("other-releases/go1.3.3-json.jsonl"), "1.3");
  EXPECT_EQ(releases("other-releases/go1.4.3-386.jsonl"), "1.4");
  EXPECT_EQ(releases("other-releases/go1.7.6-json.jsonl"), "1.5 - 1.7");
  EXPECT_EQ(releases("other-releases/go1.10.8-json.jsonl"), "1.8 - 1.10");
  EXPECT_EQ(releases("other-releases/go1.15.15-json.jsonl"), "1.8 - 1.15");
  EXPECT_EQ(releases("other-releases/go1.25.7-json.jsonl"), "1.16 -");
}

TEST(MemStatsValue, EveryFormOfEveryEditionRoundTrips) {
  for (const ReleaseSpan& edition : struct_editions) {
    for (const ValueForm form :
         {ValueForm::v, ValueForm::plus_v, ValueForm::sharp_v, ValueForm::json}) {
      MemStatsValue value{.form = form, .snapshot = {}, .releases = edition};
      std::uint64_t next = 1;
      for (const StructField& field : struct_fields()) {
        if (field.since > edition.first) continue;
        if (field.number && field.name != "Lookups") value.snapshot.set(field.number, next++);
        if (field.name == "Lookups") value.snapshot.set(field.number, 0);
        if (field.list) (value.snapshot.*field.list).assign(pause_count, ~std::uint64_t{0});
        if (field.flag) value.snapshot.*field.flag = next++ % 2 == 0;
        if (field.value == StructValue::fraction) value.snapshot.gc_cpu_fraction = 4.287e-05;
      }
      value.snapshot.has.insert(FieldSet::by_size());
      EXPECT_EQ(parse_mem_stats_value(print(value), {"f", 1}), value) << print(value).substr(0, 99);
    }
  }
}

TEST(MemStatsValue, RefusesWhatNoReleasePrints) {
  const std::string json = lines_of("other-releases/go1.10.8-json.jsonl")[0];
  EXPECT_EQ(refusal_of(""), "f:1:1: found the end of the line, expected a MemStats");
  EXPECT_EQ(refusal_of("&" + json).substr(0, 7), "f:1:1: ");
  EXPECT_EQ(refusal_of("{\"Alloc\":1,\"TotalAlloc\":-1"),
            "f:1:25: found '-1', expected a decimal number");
  EXPECT_EQ(refusal_of("{\"Alloc\": 1"), "f:1:10: found ' 1', expected a decimal number");
  EXPECT_EQ(refusal_of("{\"Sys\":1}"), "f:1:3: found 'Sys\":1}', expected 'Alloc'");
  std::string spelled = json;
  spelled.replace(spelled.find("\"GCCPUFraction\":") + 16, 1, "00");
  EXPECT_THAT(refusal_of(spelled), testing::HasSubstr("expected a number as Go prints it"));
}

TEST(MemStatsValue, EveryCutIsNoticed) {
  const std::string line = lines_of("values/go1.26.8-values.txt")[0];
  for (std::size_t size = 0; size < line.size(); size += 7) {
    EXPECT_NE(refusal_of(line.substr(0, size)), "(no error)") << size;
  }
}

}  // namespace
}  // namespace heaplaw::evidence
