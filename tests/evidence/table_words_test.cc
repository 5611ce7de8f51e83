#include "evidence/table_words.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

TEST(TableWords, KnowsEveryNameOfEveryEdition) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    for (const TableConstant c : edition.constants) {
      EXPECT_EQ(constant_named(edition.names->of(c)), c) << edition.names->of(c);
    }
    for (const TablePart part : table_arrays) {
      EXPECT_EQ(array_named(array_name(*edition.names, part)), part);
    }
  }
}

TEST(TableWords, SeesThroughUnderscoreAndExport) {
  for (const char* name : {"_NumSizeClasses", "NumSizeClasses", "numSizeClasses"}) {
    EXPECT_EQ(constant_named(name), TableConstant::num_size_classes) << name;
  }
}

TEST(TableWords, KnowsNoOthers) {
  for (const char* name : {"", "_", "numsizeclasses", "NumSizeClasses2", "tiny"}) {
    EXPECT_FALSE(constant_named(name)) << name;
  }
  EXPECT_FALSE(array_named("Class_to_size"));
  EXPECT_THROW((void)array_index(TablePart::row), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::evidence
