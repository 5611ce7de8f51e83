#include "evidence/go_lexer.h"

#include <algorithm>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::string_view blanks = " \t\r\n";
// Longest first. Operators that only skipped code uses may fall apart into these.
constexpr std::string_view symbols[] = {"...", "<<", ">>", "&^"};
constexpr std::string_view single_symbols = "+-*/%&|^<>=!~()[]{},;.:";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

Token::Kind kind_of(char first) {
  if (is_letter(first)) return Token::Kind::name;
  if (is_digit(first)) return Token::Kind::number;
  if (first == '"' || first == '\'' || first == '`') return Token::Kind::string;
  return Token::Kind::symbol;
}

// Keywords such as break end one too, but only inside functions, which are skipped.
bool may_end_statement(const Token& token) {
  if (token.kind == Token::Kind::end) return false;  // the state before the first token
  return token.kind != Token::Kind::symbol || token.is(")") || token.is("]") || token.is("}");
}

}  // namespace

std::string describe(const Token& token) {
  return token.kind == Token::Kind::end ? "the end of the file" : quote(token.text);
}

GoLexer::GoLexer(const SourceText& source, CommentReader* comments)
    : source_(&source), comments_(comments), text_(source.text()), at_(source.begin()) {
  advance();
}

Token GoLexer::take() {
  const Token taken = token_;
  advance();
  return taken;
}

bool GoLexer::try_take(std::string_view text) {
  if (!token_.is(text)) return false;
  advance();
  return true;
}

Token GoLexer::expect(std::string_view text, std::string_view expected) {
  if (!token_.is(text)) fail_at(token_, expected);
  return take();
}

Token GoLexer::expect_name(std::string_view expected) {
  if (token_.kind != Token::Kind::name) fail_at(token_, expected);
  return take();
}

void GoLexer::fail_at(const Token& token, std::string_view expected) const {
  source_->fail(token.offset, describe(token), expected);
}

void GoLexer::advance() {
  const bool line_ended = skip_blanks_and_comments();
  const bool begins_statement = line_ended && may_end_statement(token_);
  if (at_ == text_.size()) {
    token_ = {.kind = Token::Kind::end, .text = {}, .offset = at_, .begins_statement = true};
    return;
  }
  if (comments_ != nullptr) comments_->see_code();
  const std::size_t end = end_of_token();
  token_ = {.kind = kind_of(text_[at_]),
            .text = text_.substr(at_, end - at_),
            .offset = at_,
            .begins_statement = begins_statement};
  at_ = end;
}

bool GoLexer::skip_blanks_and_comments() {
  bool line_ended = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (blanks.find(c) != blanks.npos) {
      line_ended |= c == '\n';
      ++at_;
    } else if (c == '/' && at_ + 1 < text_.size() &&
               (text_[at_ + 1] == '/' || text_[at_ + 1] == '*')) {
      line_ended |= skip_comment();
    } else {
      break;
    }
  }
  return line_ended;
}

bool GoLexer::skip_comment() {
  const std::size_t begin = at_;
  if (text_[begin + 1] == '/') {
    at_ = std::min(text_.find('\n', begin), text_.size());
    std::string_view line = text_.substr(begin, at_ - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (comments_ != nullptr) comments_->read(line, begin);
    return true;
  }
  const std::size_t close = text_.find("*/", begin + 2);
  if (close == text_.npos) {
    source_->fail(text_.size(), "the end of the file",
                  fmt::format("'*/' to close the comment that began at line {}",
                              source_->lines().place(begin).line));
  }
  at_ = close + 2;
  return text_.substr(begin, at_ - begin).find('\n') != text_.npos;
}

std::size_t GoLexer::end_of_token() const {
  const char first = text_[at_];
  switch (kind_of(first)) {
    case Token::Kind::name:
    case Token::Kind::number: {
      const bool number = is_digit(first);
      std::size_t end = at_ + 1;
      while (end < text_.size() &&
             (is_letter(text_[end]) || is_digit(text_[end]) || (number && text_[end] == '.'))) {
        ++end;
      }
      return end;
    }
    case Token::Kind::string:
      return end_of_string(first);
    default:
      break;
  }
  for (const std::string_view symbol : symbols) {
    if (text_.substr(at_).starts_with(symbol)) return at_ + symbol.size();
  }
  if (single_symbols.find(first) != single_symbols.npos) return at_ + 1;
  source_->fail(at_, quote(text_.substr(at_, 1)), "Go source");
}

std::size_t GoLexer::end_of_string(char quote_mark) const {
  const bool raw = quote_mark == '`';
  const std::string closing = fmt::format("a closing '{}'", quote_mark);
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == quote_mark) return i + 1;
    if (raw) continue;
    if (text_[i] == '\n') source_->fail(i, "the end of the line", closing);
    if (text_[i] == '\\') ++i;
  }
  source_->fail(text_.size(), "the end of the file", closing);
}

}  // namespace heaplaw::evidence
