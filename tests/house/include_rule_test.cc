#include "house/include_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(IncludeRule, HoldsInThisHouse) {
  const std::filesystem::path root = HEAPLAW_SOURCE;
  const auto files = source_files(root);
  // A scan of the wrong folder would find nothing wrong.
  ASSERT_GT(files.size(), 20U);
  for (const auto& file : files) {
    EXPECT_THAT(forbidden_includes(file.lexically_relative(root), read_text(file)), IsEmpty());
  }
}

TEST(IncludeRule, CatchesAPlantedInclude) {
  EXPECT_THAT(forbidden_includes("oracle/laws/law.cc",
                                 "#include \"vocabulary/units.h\"\n"
                                 "#include \"model/span.h\"\n"),
              ElementsAre("oracle/laws/law.cc:2: model/span.h is not for this room"));
  EXPECT_THAT(forbidden_includes("model/span.cc", "#include \"oracle/judge.h\""), SizeIs(1));
  EXPECT_THAT(forbidden_includes("vocabulary/trace.h", "#include \"model/span.h\""), SizeIs(1));
  EXPECT_THAT(forbidden_includes("evidence/dump.cc", "#include \"oracle/judge.h\""), SizeIs(1));
}

TEST(IncludeRule, CatchesTheWaysAround) {
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "#include \"../model/span.h\""), SizeIs(1));
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "#include <model/span.h>"), SizeIs(1));
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "#include <heaplaw/model/span.h>"), SizeIs(1));
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "  #  include\t\"model/span.h\""), SizeIs(1));
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "#include \"tests/support/any.h\""), SizeIs(1));
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "#include \"law.h\""), SizeIs(1));
}

TEST(IncludeRule, LetsEverybodyUseTheVocabularyAndTheUsersUseAll) {
  for (const char* file : {"vocabulary/a.h", "model/a.cc", "oracle/a.cc", "evidence/a.cc"}) {
    EXPECT_THAT(forbidden_includes(file, "#include \"vocabulary/units.h\"\n#include <vector>\n"),
                IsEmpty());
  }
  for (const char* file : {"cli/a.cc", "fuzz/a.cc", "properties/a.cc", "tests/model/a_test.cc"}) {
    EXPECT_THAT(forbidden_includes(file, "#include \"model/a.h\"\n#include \"oracle/a.h\"\n"),
                IsEmpty());
  }
}

TEST(IncludeRule, IgnoresWhatOnlyLooksLikeAnInclude) {
  EXPECT_THAT(forbidden_includes("oracle/a.cc", "// #include \"model/span.h\"\n#include HEADER\n"),
              IsEmpty());
}

}  // namespace
}  // namespace heaplaw::house
