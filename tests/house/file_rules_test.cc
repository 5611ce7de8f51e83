#include "house/file_rules.h"

#include <fstream>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::house {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A house of one's own to break rules in.
class FileRules : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(std::string_view path, std::string_view text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  const fs::path root_ =
      fs::path(::testing::TempDir()) /
      (std::string("heaplaw_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST(ThisHouse, KeepsItsLinesShort) { EXPECT_THAT(long_lines(HEAPLAW_SOURCE), IsEmpty()); }
TEST(ThisHouse, TestsEveryHeader) { EXPECT_THAT(headers_without_test(HEAPLAW_SOURCE), IsEmpty()); }
TEST(ThisHouse, DescribesItsData) {
  EXPECT_THAT(folders_without_readme(HEAPLAW_SOURCE), IsEmpty());
}

TEST_F(FileRules, ALongLineIsFoundByItsColumnsAndNotByItsBytes) {
  const std::string just_fits = std::string(98, 'x') + "\u00e9\u2014";
  put("model/a.cc", "short\n" + just_fits + "\n" + just_fits + "x\n");
  put("build/model/a.cc", just_fits + "x\n");
  EXPECT_THAT(long_lines(root_), ElementsAre("model/a.cc:3: 101 columns"));
}

TEST_F(FileRules, ATableLaidOutByHandMayBeWide) {
  const std::string wide(120, 'x');
  put("model/a.cc", "// clang-format off\n" + wide + "\n// clang-format on\n" + wide + "\n");
  EXPECT_THAT(long_lines(root_), ElementsAre("model/a.cc:4: 120 columns"));
}

TEST_F(FileRules, AHeaderWithoutATestOfItsNameIsFound) {
  put("model/span.h", "");
  put("model/page.h", "");
  put("tests/model/span_test.cc", "");
  put("tests/support/any.h", "");
  EXPECT_THAT(headers_without_test(root_), ElementsAre("model/page.h"));
}

TEST_F(FileRules, DataWithoutAReadmeIsFound) {
  put("corpus/tables/go1.19", "");
  put("corpus/dumps/README.md", "");
  put("corpus/dumps/old/a.txt", "");
  put("corpus/fuzz/README.md", "");
  put("corpus/fuzz/canary/a", "");
  EXPECT_THAT(folders_without_readme(root_), ElementsAre("corpus/dumps/old", "corpus/tables"));
}

}  // namespace
}  // namespace heaplaw::house
