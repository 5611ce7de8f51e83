// The array declarations of a sizeclasses.go.
#include <algorithm>

#include <fmt/format.h>

#include "evidence/size_class_parser.h"

namespace heaplaw::evidence {

namespace {

constexpr std::size_t entries_max = 65536;
// In the order in which every edition declares them.
constexpr std::string_view magic_fields[] = {"shift", "shift2", "mul", "baseMask"};

}  // namespace

void SizeClassParser::var_spec() {
  const Token name = lexer_.expect_name("a variable's name");
  const auto part = array_named(name.text);
  if (!part) {
    note(name.offset, fmt::format("variable {} is none of the table's", quote(name.text)));
    return skip_statement();
  }
  WrittenArray& array = file_.arrays[array_index(*part)];
  if (array.present()) reject_second(name, "array", array.name_offset);
  array.name = name.text;
  array.name_offset = name.offset;
  if (!lexer_.peek().is("=")) array_type(*part);
  lexer_.expect("=", "'='");
  array_type(*part);
  entries(*part);
  end_statement();
}

// [N]uint8, [N+1]uint8, [...]uint8, []uint8, [N]divMagic, [N]struct{...}
void SizeClassParser::array_type(TablePart part) {
  WrittenArray& array = file_.arrays[array_index(part)];
  lexer_.expect("[", "'[' and the array's length");
  array.length_offset = lexer_.peek().offset;
  lengths_[array_index(part)].reset();
  if (!lexer_.peek().is("]") && !lexer_.try_take("...")) {
    lengths_[array_index(part)] = lexer_;
    while (!lexer_.peek().is("]")) {
      if (lexer_.peek().kind == Token::Kind::end) lexer_.fail_at(lexer_.peek(), "']'");
      lexer_.take();
    }
  }
  lexer_.expect("]", "']'");
  array.element_type = lexer_.expect_name("the type of the array's elements").text;
  if (array.element_type == "struct") {
    struct_name_ = "struct";
    read_struct_fields();
  }
}

// A fork may have the magic's fields in another order.
void SizeClassParser::read_struct_fields() {
  const Token open = lexer_.peek();
  if (!open.is("{")) lexer_.fail_at(open, "'{'");
  std::array<std::size_t, 4> order{};
  std::size_t found = 0;
  std::size_t depth = 0;
  do {
    const Token token = lexer_.take();
    if (token.kind == Token::Kind::end) lexer_.fail_at(token, "'}'");
    if (token.is("{")) ++depth;
    if (token.is("}")) --depth;
    const auto* field = std::ranges::find(magic_fields, token.text);
    if (field == std::end(magic_fields) || depth != 1) continue;
    if (found < 4) order[static_cast<std::size_t>(field - magic_fields)] = found;
    ++found;
  } while (depth > 0);
  if (found == 4) struct_order_ = order;
}

void SizeClassParser::entries(TablePart part) {
  WrittenArray& array = file_.arrays[array_index(part)];
  lexer_.expect("{", "'{' and the array's entries");
  if (part == TablePart::magic && lexer_.peek().is("{")) {
    file_.magic_spelling = MagicSpelling::structs;
  }
  const bool structs = part == TablePart::magic && file_.magic_spelling == MagicSpelling::structs;
  std::size_t count = 0;
  while (!lexer_.peek().is("}")) {
    if (count++ == entries_max) {
      source_.fail(lexer_.peek().offset, fmt::format("more than {} entries", entries_max),
                   fmt::format("a size-class table's {}", array.name));
    }
    structs ? struct_entry() : number_entry(part);
    if (!lexer_.peek().is(",") && !lexer_.peek().is("}")) {
      lexer_.fail_at(lexer_.peek(), "',' or '}'");
    }
    lexer_.try_take(",");
  }
  array.end_offset = lexer_.take().offset;
}

void SizeClassParser::number_entry(TablePart part) {
  if (part == TablePart::magic) file_.divisors.emplace_back();
  value(part);
}

void SizeClassParser::struct_entry() {
  lexer_.expect("{", "'{' and the fields shift, shift2, mul, baseMask");
  for (std::size_t i = 0; i < std::size(magic_fields); ++i) {
    if (i > 0) lexer_.expect(",", "',' and the next of shift, shift2, mul, baseMask");
    value(TablePart::magic);
  }
  lexer_.try_take(",");
  lexer_.expect("}", "'}' after shift, shift2, mul, baseMask");
}

// Takes a number and keeps it, with its place, for the array.
void SizeClassParser::value(TablePart part) {
  const std::size_t index = array_index(part);
  WrittenArray& array = file_.arrays[index];
  const std::size_t offset = lexer_.peek().offset;
  const ExpressionValue found = evaluate(lexer_, constants_);
  const unsigned bits = unsigned_type_bits(array.element_type);
  if (bits > 0 && bits < 64 && found.value >> bits != 0 && !misfits_[index]) {
    misfits_[index] = offset;
    note(offset,
         fmt::format("{} does not fit the element type {}", found.value, array.element_type));
  }
  array.entries.push_back(offset);
  values_[index].push_back(found.value);
  if (!file_.divisors.empty() && part == TablePart::magic) file_.divisors.back() = found.divisor;
}

}  // namespace heaplaw::evidence
