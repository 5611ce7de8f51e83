#include "evidence/table_header.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

// The columns by their fields, unknown ones as -1.
std::vector<int> fields_of(std::string_view line) {
  const auto words = split_words(line, 0, 99);
  std::vector<int> out;
  for (const HeaderColumn& column : read_header(words, class_headings(), "bytes/obj")) {
    out.push_back(column.heading == nullptr ? -1 : static_cast<int>(column.heading->field));
  }
  return out;
}

using Fields = std::vector<int>;

TEST(TableHeader, IsFoundByItsWordsInAnySpacing) {
  EXPECT_EQ(fields_of("class  bytes/obj  bytes/span  objects  waste bytes"),
            (Fields{0, 1, 2, 3, 4}));
  EXPECT_EQ(fields_of("class bytes/obj\tbytes/span objects tail   waste max waste min align"),
            (Fields{0, 1, 2, 3, 4, 5, 6}));
}

TEST(TableHeader, MayHaveColumnsInAnyOrderOrNone) {
  EXPECT_EQ(fields_of("bytes/obj  class  min align"), (Fields{1, 0, 6}));
}

TEST(TableHeader, AForksOwnColumnReachesToTheNextGap) {
  EXPECT_EQ(fields_of("class  bytes/obj  of the ring  objects"), (Fields{0, 1, -1, 3}));
}

TEST(TableHeader, ProseIsNone) {
  EXPECT_EQ(fields_of("objects of a class have their max waste here"), (Fields{}));
  EXPECT_EQ(fields_of("bytes/obj is what it is"), (Fields{}));
  EXPECT_EQ(fields_of(""), (Fields{}));
}

}  // namespace
}  // namespace heaplaw::evidence
