#include "evidence/comment_reader.h"

#include <gtest/gtest.h>

#include "evidence/go_lexer.h"

namespace heaplaw::evidence {
namespace {

CommentReader read_all(const SourceText& source) {
  CommentReader comments(source);
  GoLexer lexer(source, &comments);
  while (lexer.peek().kind != Token::Kind::end) lexer.take();
  return comments;
}

TEST(CommentReader, FindsBannerAndGenerateLineBehindALicence) {
  const SourceText source("// (c) us\n\n// Made by x; DO NOT EDIT. \n//go:generate go run x.go\r\n",
                          "f");
  const CommentReader comments = read_all(source);
  EXPECT_EQ(comments.banner().text, "// Made by x; DO NOT EDIT.");
  EXPECT_EQ(comments.banner().offset, 11u);
  EXPECT_EQ(comments.generate().text, "//go:generate go run x.go");
}

TEST(CommentReader, TakesTheFirstLineForARewordedBanner) {
  const SourceText source("// edit as you like\n// or not\n", "f");
  EXPECT_EQ(read_all(source).banner().text, "// edit as you like");
  const SourceText none("\n// edit as you like\n", "f");
  EXPECT_FALSE(read_all(none).banner().present());
}

TEST(CommentReader, ATableEndsWhereCodeStands) {
  const SourceText source("// class  bytes/obj\n// 1 8\n//\n// 2 16\nx\n// 3 24\n", "f");
  EXPECT_EQ(read_all(source).classes().rows().size(), 2u);
}

TEST(CommentReader, ATableEndsAtProseThatStandsApart) {
  const std::string_view start = "// class  bytes/obj\n// 1 8\n";
  const auto rows_with = [&](std::string_view more) {
    const std::string text = std::string{start} + std::string{more};
    const SourceText source(text, "f");
    return read_all(source).classes().rows().size();
  };
  EXPECT_EQ(rows_with("\n// 2 16\n"), 2u);
  EXPECT_EQ(rows_with("// as ever:\n// 2 16\n"), 2u);
  EXPECT_EQ(rows_with("\n// kind  colour  price\n// 1 2 3\n"), 1u);
}

TEST(CommentReader, ReadsNoCommentTwice) {
  const SourceText source("// class  bytes/obj\n// 1 8\n x", "f");
  CommentReader comments(source);
  for (int i = 0; i < 2; ++i) GoLexer(source, &comments).take();
  EXPECT_EQ(comments.classes().rows().size(), 1u);
}

TEST(CommentReader, TellsTheTablesApart) {
  const SourceText source(
      "// class  bytes/obj\n// 1 8\n\n// alignment  bits  min obj size\n// 8 3 8\n// 16 4 32\n",
      "f");
  const CommentReader comments = read_all(source);
  EXPECT_EQ(comments.classes().rows().size(), 1u);
  EXPECT_EQ(comments.alignments().rows().size(), 2u);
}

TEST(CommentReader, NeverSplitsALineThatIsTooLongForATable) {
  std::string text = "// class  bytes/obj\n//";
  for (int i = 0; i < 100'000; ++i) text += " 1";
  const SourceText source(text, "f");
  EXPECT_TRUE(read_all(source).classes().rows().empty());
}

}  // namespace
}  // namespace heaplaw::evidence
