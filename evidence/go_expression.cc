#include "evidence/go_expression.h"

#include <algorithm>

#include <fmt/format.h>

#include "evidence/go_integer.h"

namespace heaplaw::evidence {

namespace {

constexpr unsigned nesting_max = 64;
constexpr std::string_view expected_operand = "a number or a constant defined above";

constexpr std::uint64_t largest(unsigned bits) {
  return bits == 0 || bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

// Each returns nothing where the result is negative, infinite or too large.
using Result = std::optional<std::uint64_t>;
Result add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t out = 0;
  return __builtin_add_overflow(a, b, &out) ? Result{} : out;
}
Result subtract(std::uint64_t a, std::uint64_t b) { return b > a ? Result{} : a - b; }
Result multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t out = 0;
  return __builtin_mul_overflow(a, b, &out) ? Result{} : out;
}
Result divide(std::uint64_t a, std::uint64_t b) { return b == 0 ? Result{} : a / b; }
Result remainder(std::uint64_t a, std::uint64_t b) { return b == 0 ? Result{} : a % b; }
Result shift_left(std::uint64_t a, std::uint64_t b) {
  if (a == 0) return 0;
  return b >= 64 || a > ~std::uint64_t{0} >> b ? Result{} : a << b;
}
Result shift_right(std::uint64_t a, std::uint64_t b) { return b >= 64 ? 0 : a >> b; }
Result bit_and(std::uint64_t a, std::uint64_t b) { return a & b; }
Result bit_clear(std::uint64_t a, std::uint64_t b) { return a & ~b; }
Result bit_or(std::uint64_t a, std::uint64_t b) { return a | b; }
Result bit_xor(std::uint64_t a, std::uint64_t b) { return a ^ b; }

struct BinaryOperator {
  std::string_view text;
  unsigned precedence;
  Result (*apply)(std::uint64_t, std::uint64_t);
};
constexpr unsigned loosest = 1;
constexpr BinaryOperator binary_operators[] = {
    {"+", 1, add},      {"-", 1, subtract},   {"|", 1, bit_or},       {"^", 1, bit_xor},
    {"*", 2, multiply}, {"/", 2, divide},     {"%", 2, remainder},    {"<<", 2, shift_left},
    {"&", 2, bit_and},  {"&^", 2, bit_clear}, {">>", 2, shift_right},
};

const BinaryOperator* operator_of(const Token& token) {
  if (token.kind != Token::Kind::symbol || token.begins_statement) return nullptr;
  for (const BinaryOperator& candidate : binary_operators) {
    if (candidate.text == token.text) return &candidate;
  }
  return nullptr;
}

class Evaluator {
 public:
  Evaluator(GoLexer& lexer, const GoConstants& constants) : lexer_(lexer), constants_(constants) {}

  ExpressionValue run() {
    ExpressionValue out = binary(loosest, 0);
    out.divisor = divisor_;
    return out;
  }

 private:
  ExpressionValue binary(unsigned precedence_min, unsigned nesting) {
    ExpressionValue left = unary(nesting);
    while (const BinaryOperator* op = operator_of(lexer_.peek())) {
      if (op->precedence < precedence_min) break;
      const Token sign = lexer_.take();
      const std::size_t right_offset = lexer_.peek().offset;
      const ExpressionValue right = binary(op->precedence + 1, nesting);
      if (sign.is("/") && left.bits == 32 && left.value == largest(32)) {
        divisor_ = Divisor{.value = right.value, .offset = right_offset};
      }
      left = combine(*op, left, right, sign);
    }
    return left;
  }

  ExpressionValue combine(const BinaryOperator& op, const ExpressionValue& left,
                          const ExpressionValue& right, const Token& sign) const {
    // A shift keeps the type of what it shifts; elsewhere an untyped side takes the other's type.
    const bool shifts = op.text == "<<" || op.text == ">>";
    const unsigned bits = shifts ? left.bits : std::max(left.bits, right.bits);
    const Result value = op.apply(left.value, right.value);
    const bool operands_fit = shifts || std::max(left.value, right.value) <= largest(bits);
    if (!value || *value > largest(bits) || !operands_fit) {
      lexer_.source().fail(sign.offset, fmt::format("{} {} {}", left.value, op.text, right.value),
                           fmt::format("a result from 0 to {}", largest(bits)));
    }
    return {.value = *value, .bits = bits, .divisor = {}};
  }

  ExpressionValue unary(unsigned nesting) {
    if (nesting > nesting_max) {
      lexer_.source().fail(lexer_.peek().offset,
                           fmt::format("an expression nested over {} deep", nesting_max),
                           "a simpler one");
    }
    const Token token = lexer_.peek();
    if (lexer_.try_take("+")) return unary(nesting + 1);
    if (lexer_.try_take("^")) return complement(unary(nesting + 1), token);
    if (lexer_.try_take("(")) {
      const ExpressionValue inner = binary(loosest, nesting + 1);
      lexer_.expect(")", "')'");
      return inner;
    }
    if (token.kind == Token::Kind::number) return number(lexer_.take());
    if (token.kind == Token::Kind::name) return name(lexer_.take(), nesting);
    lexer_.fail_at(token, expected_operand);
  }

  // Of an untyped number it would be negative.
  ExpressionValue complement(const ExpressionValue& of, const Token& sign) const {
    if (of.bits == 0) lexer_.fail_at(sign, "an unsigned type behind it, as in ^uint32(0)");
    return {.value = ~of.value & largest(of.bits), .bits = of.bits, .divisor = {}};
  }

  ExpressionValue number(const Token& token) const {
    const auto parsed = parse_go_integer(token.text);
    if (!parsed) lexer_.fail_at(token, "an integer");
    if (!parsed->fits) lexer_.fail_at(token, "a number that fits 64 bits");
    return {.value = parsed->value, .bits = 0, .divisor = {}};
  }

  ExpressionValue name(const Token& token, unsigned nesting) {
    if (const unsigned bits = unsigned_type_bits(token.text); bits > 0 && lexer_.try_take("(")) {
      const ExpressionValue inner = binary(loosest, nesting + 1);
      lexer_.expect(")", "')'");
      if (inner.value > largest(bits)) {
        lexer_.source().fail(token.offset, fmt::format("{}({})", token.text, inner.value),
                             fmt::format("a number up to {}", largest(bits)));
      }
      return {.value = inner.value, .bits = bits, .divisor = {}};
    }
    const auto known = constants_.find(token.text);
    if (known == constants_.end()) lexer_.fail_at(token, expected_operand);
    return known->second;
  }

  GoLexer& lexer_;
  const GoConstants& constants_;
  std::optional<Divisor> divisor_;
};

struct UnsignedType {
  std::string_view name;
  unsigned bits;
};
constexpr UnsignedType unsigned_types[] = {{"uint8", 8},   {"byte", 8},  {"uint16", 16},
                                           {"uint32", 32}, {"uint", 64}, {"uint64", 64},
                                           {"uintptr", 64}};

}  // namespace

unsigned unsigned_type_bits(std::string_view name) {
  for (const UnsignedType& type : unsigned_types) {
    if (type.name == name) return type.bits;
  }
  return 0;
}

ExpressionValue evaluate(GoLexer& lexer, const GoConstants& constants) {
  return Evaluator(lexer, constants).run();
}

}  // namespace heaplaw::evidence
