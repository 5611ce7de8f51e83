#include "oracle/tables/documented.h"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "csv.h"
#include "vocabulary/check.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::oracle {
namespace {

const DocumentedTable& table(char name) {
  return *std::ranges::find(documented_tables(), name, &DocumentedTable::name);
}

struct PrintedTable {
  const char* file;
  char table;
};
class Documented : public testing::TestWithParam<PrintedTable> {};

// Columns that a file does not print are compared where another file of the same table does.
TEST_P(Documented, EveryRowIsAsItsReleasePrintsIt) {
  const DocumentedTable& documented = table(GetParam().table);
  const auto printed =
      test::read_csv(fmt::format("{}/size-class-tables/{}.csv", HEAPLAW_CORPUS, GetParam().file));
  ASSERT_EQ(printed.size(), documented.rows.size());
  ASSERT_EQ(documented.classes.size(), documented.rows.size() + 1);
  EXPECT_EQ(documented.classes[0], SizeClass{});
  for (std::size_t i = 0; i < printed.size(); ++i) {
    const auto& fields = printed[i];
    const DocumentedRow& row = documented.rows[i];
    SCOPED_TRACE(testing::Message() << "class " << i + 1);
    ASSERT_EQ(fields.size(), 7u);
    EXPECT_EQ(fields[0], std::to_string(i + 1));
    EXPECT_EQ(fields[1], std::to_string(row.size));
    EXPECT_EQ(fields[2], std::to_string(row.pages * documented.parameters.page_size.raw()));
    EXPECT_EQ(fields[3], std::to_string(row.objects));
    EXPECT_EQ(fields[4], std::to_string(row.tail_waste));
    if (!fields[5].empty()) {
      EXPECT_EQ(fields[5], fmt::format("{}.{:02}", row.max_waste / 100, row.max_waste % 100));
    }
    if (!fields[6].empty()) {
      EXPECT_EQ(fields[6], std::to_string(row.min_align));
    }
    EXPECT_EQ(documented.classes[i + 1], (SizeClass{Bytes{row.size}, Pages{row.pages}}));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, Documented,
    testing::Values(PrintedTable{"go1.0-1.2", 'A'}, PrintedTable{"go1.3-1.7", 'B'},
                    PrintedTable{"go1.8-1.9", 'C'}, PrintedTable{"go1.10-1.15", 'C'},
                    PrintedTable{"go1.16", 'D'}, PrintedTable{"go1.17-1.26", 'D'}),
    [](const auto& file) {
      std::string name = file.param.file;
      std::ranges::replace_if(
          name, [](char c) { return c == '.' || c == '-'; }, '_');
      return name;
    });

// Sums taken of the same tables by other means.
TEST(DocumentedTables, SumsAgree) {
  struct Sums {
    char table;
    std::uint64_t sizes, pages, objects;
  };
  for (const Sums& expected : {Sums{'A', 317896, 182, 1574}, Sums{'B', 361608, 167, 3133},
                               Sums{'C', 372744, 167, 3133}, Sums{'D', 372768, 168, 3474}}) {
    Sums found{expected.table, 0, 0, 0};
    for (const DocumentedRow& row : table(expected.table).rows) {
      found.sizes += row.size;
      found.pages += row.pages;
      found.objects += row.objects;
    }
    EXPECT_EQ(found.sizes, expected.sizes) << expected.table;
    EXPECT_EQ(found.pages, expected.pages) << expected.table;
    EXPECT_EQ(found.objects, expected.objects) << expected.table;
  }
}

TEST(DocumentedTables, EveryReleaseHasOne) {
  std::string order;
  for (unsigned minor = 0; minor <= newest_release.minor(); ++minor) {
    order += documented_table_with(facts_of(Release{minor}).size_classes).name;
  }
  EXPECT_EQ(order, "AAABBBBBCCCCCCCCDDDDDDDDDDD");
  EXPECT_THROW((void)documented_table_with({.page_size = 16_KiB}), CheckFailure);
}

TEST(DocumentedTables, TheOnlyNewClassOf116Is24Bytes) {
  std::vector<SizeClass> d(table('D').classes.begin(), table('D').classes.end());
  ASSERT_EQ(d[3], (SizeClass{24_B, 1_pages}));
  d.erase(d.begin() + 3);
  EXPECT_TRUE(std::ranges::equal(d, table('C').classes));
}

TEST(DocumentedFiles, EveryEditionHasADistinctHash) {
  std::set<std::string_view> hashes;
  int next = 1;
  for (const DocumentedFile& file : documented_files()) {
    EXPECT_EQ(file.edition, next++);
    EXPECT_EQ(file.sha256.size(), 64u);
    EXPECT_EQ(file.sha256.find_first_not_of("0123456789abcdef"), std::string_view::npos);
    hashes.insert(file.sha256);
  }
  EXPECT_EQ(hashes.size(), size_class_editions().size());
}

}  // namespace
}  // namespace heaplaw::oracle
