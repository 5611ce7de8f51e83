#include "evidence/comment_table.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "input_error_text.h"

namespace heaplaw::evidence {
namespace {

// Each line without its slashes; the first is the header.
std::vector<CommentTable::Row> rows_of(const std::string& text) {
  const SourceText source(text, "f");
  CommentTable table(source, "class table", class_headings(), "bytes/obj");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto words = split_words(std::string_view{text}.substr(begin, end - begin), begin, 99);
    if (!table.try_read_header(words)) table.try_read_row(words);
    begin = end + 1;
  }
  return table.rows();
}

std::string error_of(const std::string& text) {
  return input_error_text([&] { return rows_of(text); });
}

TEST(CommentTable, PutsCellsWhereTheirHeadingsBelong) {
  const auto rows = rows_of("objects  bytes/obj  max waste\n 5 48 31.52%\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0][3].value, 5u);
  EXPECT_EQ(rows[0][1].value, 48u);
  EXPECT_EQ(rows[0][5].value, 3152u);
  EXPECT_EQ(rows[0][5].offset, 36u);
  EXPECT_EQ(rows[0][0].offset, 31u) << "a missing cell points to the row";
}

TEST(CommentTable, ReadsPercentagesInHundredths) {
  const auto rows =
      rows_of("class  bytes/obj  max waste\n1 8 87.50%\n2 8 6.2%\n3 8 7%\n4 8 0.05\n");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0][5].value, 8750u);
  EXPECT_EQ(rows[1][5].value, 620u);
  EXPECT_EQ(rows[2][5].value, 700u);
  EXPECT_EQ(rows[3][5].value, 5u);
}

TEST(CommentTable, SkipsProseAmongItsRows) {
  EXPECT_EQ(rows_of("class  bytes/obj\n1 8\nclass 2 is new\n\n2 16\n").size(), 2u);
}

TEST(CommentTable, SkipsCellsOfUnknownColumns) {
  const auto rows = rows_of("class  colour  bytes/obj\n1 red 8\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0][1].value, 8u);
}

TEST(CommentTable, SaysWhichCellCannotBeRead) {
  EXPECT_EQ(error_of("class  bytes/obj\n1  4x8\n"),
            "f:2:4: found '4x8', expected a number in the column 'bytes/obj'");
  EXPECT_EQ(error_of("class  bytes/obj\n1  oops\n"),
            "f:2:4: found 'oops', expected a number in the column 'bytes/obj'");
  EXPECT_EQ(error_of("class  bytes/obj\n1  18446744073709551616\n"),
            "f:2:4: found '18446744073709551616', expected a number that fits 64 bits in the "
            "column 'bytes/obj'");
  for (const std::string cell : {"1.234%", ".5%", "5.x%", "5%%", "-5%"}) {
    EXPECT_EQ(error_of("class  bytes/obj  max waste\n1 8 " + cell),
              "f:2:5: found '" + cell +
                  "', expected a percentage such as 12.50% in the column 'max waste'");
  }
}

TEST(CommentTable, SaysThatARowHasTheWrongNumberOfCells) {
  EXPECT_EQ(error_of("class  bytes/obj\n 1\n"),
            "f:2:2: found a row of 1 cells, expected 2, as many as the header has at line 1");
  EXPECT_EQ(error_of("class  bytes/obj\n1 2 3\n"),
            "f:2:1: found a row of 3 cells, expected 2, as many as the header has at line 1");
}

TEST(CommentTable, SaysThatSomethingStandsTwice) {
  EXPECT_EQ(error_of("class  bytes/obj  waste bytes  tail waste\n"),
            "f:1:32: found a second column 'tail waste', expected each column once");
  EXPECT_EQ(error_of("class  bytes/obj\n1 8\nclass  bytes/obj\n"),
            "f:3:1: found a second class table, expected only the one at f:1:1");
}

TEST(CommentTable, HasALimitOnItsRows) {
  std::string text = "class  bytes/obj\n";
  for (std::size_t i = 0; i <= CommentTable::rows_max; ++i) text += "1 8\n";
  EXPECT_EQ(error_of(text), "f:65538:1: found more than 65536 rows, expected a class table");
}

}  // namespace
}  // namespace heaplaw::evidence
