#include "oracle/tables/table_laws.h"

#include <map>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "oracle/tables/documented_table.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::oracle {
namespace {

std::map<std::string, SizeClassTable> documented_tables_by_name() {
  std::map<std::string, SizeClassTable> tables;
  for (const SizeClassEdition& edition : size_class_editions()) {
    tables[fmt::format("edition {}", edition.id)] = documented_table(edition.id);
  }
  for (unsigned minor = 0; minor <= newest_release.minor(); ++minor) {
    tables[fmt::format("release 1.{}", minor)] = documented_table(facts_of(Release{minor}));
  }
  return tables;
}

std::string report(const TableFindings& findings) {
  std::string text;
  for (const auto& f : findings.kept()) {
    text +=
        fmt::format("{}: {}: {}, expected {}\n", f.law->id, describe(f.spot), f.found, f.expected);
  }
  return text;
}

TEST(TableLaws, EveryDocumentedTableObeysThemAll) {
  for (const auto& [name, table] : documented_tables_by_name()) {
    TableFindings findings;
    judge(table, findings);
    EXPECT_EQ(findings.total(), 0u) << name << "\n" << report(findings);
  }
}

std::size_t comparisons(const TableLaw& law, const SizeClassTable& table) {
  TableFindings findings;
  findings.begin(law.text);
  law.judge(table, findings);
  return findings.comparisons();
}

// A law that compares nothing holds of anything.
TEST(TableLaws, EachComparesSomethingInTheNewestTable) {
  const SizeClassTable table = documented_table(15);
  for (const TableLaw& law : table_laws()) EXPECT_GT(comparisons(law, table), 0u) << law.text.id;
}

// What the text of a law says of releases, its predicate does.
TEST(TableLaws, EachAppliesFromTheReleaseThatItNames) {
  for (const TableLaw& law : table_laws()) {
    ASSERT_TRUE(law.text.releases.ends_with(" -")) << law.text.id;
    const Release since = Release::parse(law.text.releases.substr(0, law.text.releases.size() - 2));
    for (unsigned minor = 0; minor <= newest_release.minor(); ++minor) {
      const bool applies = comparisons(law, documented_table(facts_of(Release{minor}))) > 0;
      EXPECT_EQ(applies, Release{minor} >= since) << law.text.id << " in 1." << minor;
    }
  }
}

TEST(TableLaws, TheBookOfLawsIsComplete) {
  std::set<std::string_view> ids;
  for (const TableLaw& law : table_laws()) {
    EXPECT_TRUE(ids.insert(law.text.id).second) << law.text.id << " is there twice";
    EXPECT_TRUE(law.text.statement.ends_with(".")) << law.text.id;
    EXPECT_FALSE(law.text.source.empty()) << law.text.id;
  }
}

// Whatever is larger than the spans of Go by far is the only reason not to divide every offset.
TEST(TableLaws, DividingEveryOffsetMeansEveryOffset) {
  std::size_t bytes = 0;
  const SizeClassTable table = documented_table(15);
  for (std::size_t c = 1; c < table.npages.size(); ++c) bytes += table.npages[c] * 8192 + 1;
  for (const TableLaw& law : table_laws()) {
    if (law.text.id != "magic-divides-every-offset") continue;
    EXPECT_EQ(comparisons(law, table), bytes);
  }
}

}  // namespace
}  // namespace heaplaw::oracle
