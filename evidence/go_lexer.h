// Tokens of Go source: as many as declarations of tables need, and enough to skip the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/comment_reader.h"
#include "evidence/source_text.h"

namespace heaplaw::evidence {

struct Token {
  enum class Kind : std::uint8_t { end, name, number, string, symbol };

  Kind kind = Kind::end;
  std::string_view text;
  std::size_t offset = 0;
  bool begins_statement = false;  // Go would put a semicolon before it

  [[nodiscard]] bool is(std::string_view symbol_or_name) const {
    return text == symbol_or_name && (kind == Kind::symbol || kind == Kind::name);
  }
};

// "'x'" or "the end of the file": the token in a message.
[[nodiscard]] std::string describe(const Token& token);

// Copying one saves its position; comments that a copy passes again are reported once.
class GoLexer {
 public:
  // Both must outlive the lexer; without a reader comments are dropped.
  explicit GoLexer(const SourceText& source, CommentReader* comments = nullptr);

  [[nodiscard]] const Token& peek() const { return token_; }
  Token take();
  // Takes the token if it is the symbol or name.
  bool try_take(std::string_view text);
  // Takes a token that must be the symbol; `expected` says what the message expects.
  Token expect(std::string_view text, std::string_view expected);
  Token expect_name(std::string_view expected);

  [[noreturn]] void fail_at(const Token& token, std::string_view expected) const;
  [[nodiscard]] const SourceText& source() const { return *source_; }

 private:
  void advance();
  // To the next token's first byte; returns whether a line ended on the way.
  bool skip_blanks_and_comments();
  bool skip_comment();  // returns whether it held or was ended by a line end
  [[nodiscard]] std::size_t end_of_token() const;
  [[nodiscard]] std::size_t end_of_string(char quote_mark) const;

  const SourceText* source_;
  CommentReader* comments_;
  std::string_view text_;
  std::size_t at_;
  Token token_;
};

}  // namespace heaplaw::evidence
