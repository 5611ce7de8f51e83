#include "evidence/size_class_parser.h"

#include <algorithm>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::size_t notes_max = 100;
constexpr std::string_view what_is_wanted = "a size-class table (class_to_size or SizeClassToSize)";

struct Bracket {
  std::string_view open, close;
};
constexpr Bracket brackets[] = {{"(", ")"}, {"[", "]"}, {"{", "}"}};

}  // namespace

const SizeClassParser::Declaration SizeClassParser::declarations[] = {
    {"const", &SizeClassParser::const_spec},
    {"var", &SizeClassParser::var_spec},
    {"type", &SizeClassParser::type_spec},
    {"import", &SizeClassParser::import_spec},
};

SizeClassFile parse_size_class_file(std::string_view text, std::string_view file_name) {
  const SourceText source(text, file_name);
  if (text.size() == source.begin()) source.fail(0, "an empty file", what_is_wanted);
  return SizeClassParser(source).run();
}

SizeClassFile SizeClassParser::run() {
  while (lexer_.peek().kind != Token::Kind::end) declaration();
  if (!file_.array(TablePart::size).present()) lexer_.fail_at(lexer_.peek(), what_is_wanted);
  file_.lines = source_.lines();
  file_.had_bom = source_.had_bom();
  file_.had_crlf = source_.text().find("\r\n") != std::string_view::npos;
  finish_lengths();
  finish_magic();
  finish_comments();
  return std::move(file_);
}

void SizeClassParser::declaration() {
  const Token keyword = lexer_.peek();
  if (keyword.is("package")) return package_clause();
  for (const Declaration& candidate : declarations) {
    if (lexer_.try_take(candidate.keyword)) return specs(candidate.spec);
  }
  if (lexer_.try_take(";")) return;
  if (lexer_.try_take("func")) {
    note(keyword.offset, "the function is not read");
    return skip_statement();
  }
  lexer_.fail_at(keyword, "a Go declaration (package, const, var, type, func)");
}

// One spec, or any number of them in parentheses.
void SizeClassParser::specs(Spec spec) {
  if (!lexer_.try_take("(")) return (this->*spec)();
  while (!lexer_.try_take(")")) {
    if (lexer_.try_take(";")) continue;
    if (lexer_.peek().kind == Token::Kind::end) {
      lexer_.fail_at(lexer_.peek(), "a declaration or ')'");
    }
    (this->*spec)();
  }
  end_statement();
}

void SizeClassParser::package_clause() {
  lexer_.take();
  const Token name = lexer_.expect_name("the package's name");
  if (file_.package.present()) {
    reject_second(name, "package", file_.package.offset);
  }
  file_.package = {std::string{name.text}, name.offset};
  end_statement();
}

void SizeClassParser::const_spec() {
  std::vector<Token> names;
  do {
    names.push_back(lexer_.expect_name("a constant's name"));
  } while (lexer_.try_take(","));
  const bool strict =
      std::ranges::any_of(names, [](const Token& t) { return constant_named(t.text).has_value(); });
  unsigned type_bits = 0;
  if (!lexer_.peek().begins_statement && lexer_.peek().kind == Token::Kind::name) {
    type_bits = unsigned_type_bits(lexer_.take().text);
  }
  const GoLexer before_values = lexer_;
  try {
    lexer_.expect("=", "'='");
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) lexer_.expect(",", "',' and the next constant's value");
      define(names[i], type_bits);
    }
    end_statement();
  } catch (const InputError&) {
    // What a stranger's constant is worth matters only to those who use it.
    if (strict) throw;
    lexer_ = before_values;
    skip_statement();
    note(names.front().offset, fmt::format("constant {} is not read", quote(names.front().text)));
  }
}

void SizeClassParser::define(const Token& name, unsigned type_bits) {
  const std::size_t value_offset = lexer_.peek().offset;
  ExpressionValue value = evaluate(lexer_, constants_);
  if (type_bits > 0) value.bits = type_bits;
  value.divisor.reset();
  constants_.emplace(name.text, value);
  const auto constant = constant_named(name.text);
  if (!constant) {
    if (name.text != "_") {
      note(name.offset, fmt::format("constant {} is none of the table's", quote(name.text)));
    }
    return;
  }
  for (const WrittenConstant& other : file_.constants) {
    if (other.constant == *constant) reject_second(name, "constant", other.name_offset);
  }
  file_.table.at(*constant) = value.value;
  file_.constants.push_back({.constant = *constant,
                             .name = std::string{name.text},
                             .name_offset = name.offset,
                             .value_offset = value_offset});
}

void SizeClassParser::reject_second(const Token& name, std::string_view kind,
                                    std::size_t first_offset) const {
  source_.fail(name.offset, fmt::format("a second {} {}", kind, quote(name.text)),
               fmt::format("only the one at {}", to_string(source_.lines().place(first_offset))));
}

void SizeClassParser::type_spec() {
  const Token name = lexer_.expect_name("a type's name");
  if (!lexer_.try_take("struct")) return skip_statement();
  struct_name_ = name.text;
  read_struct_fields();
  end_statement();
}

void SizeClassParser::import_spec() {
  const Token::Kind kind = lexer_.peek().kind;
  if (kind != Token::Kind::name && kind != Token::Kind::string && !lexer_.peek().is(".")) {
    lexer_.fail_at(lexer_.peek(), "a package to import");
  }
  lexer_.take();
  skip_statement();
}

// To the next line that begins outside all brackets; or to the parenthesis that closes a group.
void SizeClassParser::skip_statement() {
  std::vector<std::pair<std::string_view, std::size_t>>
      awaited;  // closing bracket, opener's offset
  while (true) {
    const Token& next = lexer_.peek();
    if (awaited.empty() && (next.begins_statement || next.is(";") || next.is(")"))) return;
    if (next.kind == Token::Kind::end) {
      lexer_.fail_at(next, fmt::format("'{}' to close what line {} opened", awaited.back().first,
                                       source_.lines().place(awaited.back().second).line));
    }
    for (const Bracket& bracket : brackets) {
      if (next.is(bracket.open)) awaited.emplace_back(bracket.close, next.offset);
      if (!next.is(bracket.close)) continue;
      if (awaited.empty()) lexer_.fail_at(next, "a declaration");
      if (!next.is(awaited.back().first)) {
        lexer_.fail_at(next, fmt::format("'{}' to close what line {} opened", awaited.back().first,
                                         source_.lines().place(awaited.back().second).line));
      }
      awaited.pop_back();
    }
    lexer_.take();
  }
}

void SizeClassParser::end_statement() {
  const Token& next = lexer_.peek();
  if (next.begins_statement || next.is(";") || next.is(")")) return;
  lexer_.fail_at(next, "the end of the line");
}

void SizeClassParser::note(std::size_t offset, std::string text) {
  if (file_.notes.size() < notes_max) {
    file_.notes.push_back({.place = source_.lines().place(offset), .text = std::move(text)});
  }
}

}  // namespace heaplaw::evidence
