#include "evidence/go_lexer.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "input_error_text.h"

namespace heaplaw::evidence {
namespace {

// The tokens, those that begin a statement marked by a bar.
std::vector<std::string> tokens_of(std::string_view text) {
  const SourceText source(text, "f");
  GoLexer lexer(source);
  std::vector<std::string> out;
  while (lexer.peek().kind != Token::Kind::end) {
    const Token token = lexer.take();
    out.push_back((token.begins_statement ? "|" : "") + std::string{token.text});
  }
  return out;
}

std::string error_of(std::string_view text) {
  return input_error_text([&] { return tokens_of(text); });
}

TEST(GoLexer, SplitsDeclarations) {
  EXPECT_THAT(tokens_of("var a_1=[N-x/2 + 1]uint8{^uint32(0)<<0x1f, 1&^2}"),
              testing::ElementsAre("var", "a_1", "=", "[", "N", "-", "x", "/", "2", "+", "1", "]",
                                   "uint8", "{", "^", "uint32", "(", "0", ")", "<<", "0x1f", ",",
                                   "1", "&^", "2", "}"));
  EXPECT_THAT(tokens_of("[...]x 1.5 \xc3\xa4"),
              testing::ElementsAre("[", "...", "]", "x", "1.5", "\xc3\xa4"));
}

TEST(GoLexer, BeginsAStatementWhereGoPutsASemicolon) {
  EXPECT_THAT(tokens_of("a\nb = \n c // d\n(\ne,\n5\n)\n}"),
              testing::ElementsAre("a", "|b", "=", "c", "|(", "e", ",", "5", "|)", "|}"));
  EXPECT_THAT(tokens_of("a /* one line */ b /* two\nlines */ c"),
              testing::ElementsAre("a", "b", "|c"));
}

TEST(GoLexer, KeepsStringsTogether) {
  EXPECT_THAT(tokens_of(R"("a\"{ // b" '{' '\'' `raw \`)"),
              testing::ElementsAre(R"("a\"{ // b")", "'{'", R"('\'')", R"(`raw \`)"));
  EXPECT_THAT(tokens_of("`two\nlines`"), testing::ElementsAre("`two\nlines`"));
}

TEST(GoLexer, SaysWhatIsNotClosed) {
  EXPECT_EQ(error_of("a\n/* b\nc"),
            "f:3:2: found the end of the file, expected '*/' to close the comment that began at "
            "line 2");
  EXPECT_EQ(error_of("\"ab\nc\""), "f:1:4: found the end of the line, expected a closing '\"'");
  EXPECT_EQ(error_of("`ab\nc"), "f:2:2: found the end of the file, expected a closing '`'");
  EXPECT_EQ(error_of("'\\"), "f:1:3: found the end of the file, expected a closing '''");
}

TEST(GoLexer, SaysWhatBelongsToNoGoSource) {
  EXPECT_EQ(error_of("a @"), "f:1:3: found '@', expected Go source");
  EXPECT_EQ(error_of("\x01"), "f:1:1: found '\\x01', expected Go source");
}

TEST(GoLexer, ACopySavesThePosition) {
  const SourceText source("a b c", "f");
  GoLexer lexer(source);
  const GoLexer saved = lexer;
  lexer.take();
  EXPECT_TRUE(lexer.try_take("b"));
  EXPECT_FALSE(lexer.try_take("b"));
  lexer = saved;
  EXPECT_EQ(lexer.expect_name("a name").text, "a");
  EXPECT_EQ(input_error_text([&] { return lexer.expect("]", "']'"); }),
            "f:1:3: found 'b', expected ']'");
}

}  // namespace
}  // namespace heaplaw::evidence
