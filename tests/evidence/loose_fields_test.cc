#include "evidence/loose_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "evidence/mem_stats_value.h"

namespace heaplaw::evidence {
namespace {

struct Loose {
  std::vector<Snapshot> found;
  std::vector<std::string> refused;

  explicit Loose(const std::vector<std::string>& lines, bool cut = false) {
    LooseFields fields([this](Snapshot&& s) { found.push_back(std::move(s)); });
    for (std::size_t i = 0; i < lines.size(); ++i) {
      (void)fields.read(lines[i], cut && i + 1 == lines.size());
    }
    refused = fields.refused();
    fields.finish();
  }
};

TEST(LooseFields, AreFoundInAnySpelling) {
  for (const char* line : {"Alloc = 5", "\"Alloc\": 5,", "Alloc:5", "Alloc 5", "Alloc: 5(bytes)",
                           "x [Alloc=0x5]", "Alloc\t5"}) {
    const Loose loose({line});
    ASSERT_EQ(loose.found.size(), 1) << line;
    EXPECT_EQ(loose.found[0].stats.alloc, 5) << line;
  }
}

TEST(LooseFields, ANumberIsTakenWholeOrNotAtAll) {
  for (const char* line : {"Alloc: 5 MB", "Alloc: 5MB", "Alloc: 1.5", "Alloc: 5e3", "Alloc: -5",
                           "Alloc: 18446744073709551616", "Alloc5", "xAlloc: 5 KiB", "Alloc: x"}) {
    EXPECT_TRUE(Loose({line}).found.empty()) << line;
  }
  EXPECT_THAT(Loose({"Alloc: 5 MB"}).refused, testing::ElementsAre("Alloc has a unit"));
  EXPECT_TRUE(Loose({"Alloc: 5"}, /*cut=*/true).found.empty());
  EXPECT_EQ(Loose({"Alloc: 5}"}, /*cut=*/true).found.size(), 1);
}

TEST(LooseFields, ARepeatedFieldBeginsAnotherSnapshot) {
  const Loose loose({"Alloc: 1 Sys: 2", "Frees: 3", "Alloc: 4"});
  ASSERT_EQ(loose.found.size(), 2);
  EXPECT_EQ(loose.found[0].has.names(), "Alloc, Sys, Frees");
  EXPECT_EQ(loose.found[1].stats.alloc, 4);
}

TEST(LooseFields, ReadWholeValuesOfEveryFormButOne) {
  const std::string text = read_dump("values/go1.26.8-values.txt");
  const std::string json = read_dump("other-releases/go1.25.7-json.jsonl");
  for (const std::string& line :
       {text.substr(text.find("\n{Alloc:") + 1), text.substr(text.find("\nruntime.") + 1), json}) {
    const std::string first = line.substr(0, line.find('\n'));
    const MemStatsValue strict = parse_mem_stats_value(first, {"f", 1});
    const Loose loose({first});
    ASSERT_EQ(loose.found.size(), 1);
    EXPECT_EQ(loose.found[0], strict.snapshot) << first.substr(0, 40);
  }
}

TEST(LooseFields, ListsMayGoOverLines) {
  std::vector<std::string> lines = {"\"PauseNs\": ["};
  for (int i = 0; i < 255; ++i) lines.emplace_back("    0,");
  lines.emplace_back("    7");
  lines.emplace_back("],");
  lines.emplace_back("\"NumGC\": 3");
  const Loose loose(lines);
  ASSERT_EQ(loose.found.size(), 1);
  EXPECT_EQ(loose.found[0].pause_ns.back(), 7);
  EXPECT_EQ(loose.found[0].stats.num_gc, 3);
}

TEST(LooseFields, AnElidedListIsLeftOut) {
  const Loose loose({"PauseNs: [1 2 ...] NumGC: 3"});
  ASSERT_EQ(loose.found.size(), 1);
  EXPECT_TRUE(loose.found[0].pause_ns.empty());
  EXPECT_EQ(loose.found[0].stats.num_gc, 3);
  EXPECT_THAT(loose.refused, testing::ElementsAre("PauseNs is not complete"));
}

TEST(LooseFields, RowsOfBySizeAreNoFields) {
  const Loose loose({"{\"Mallocs\":5,\"BySize\":[{\"Size\":0,\"Mallocs\":1,\"Frees\":2}]}"});
  ASSERT_EQ(loose.found.size(), 1);
  EXPECT_EQ(loose.found[0].stats.mallocs, 5);
  EXPECT_EQ(loose.found[0].has.names(), "Mallocs");
}

}  // namespace
}  // namespace heaplaw::evidence
