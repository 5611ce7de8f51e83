// Integer constant expressions of Go: 8, 1<<13, smallSizeMax/smallSizeDiv + 1, ^uint32(0)/48 + 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "evidence/go_lexer.h"

namespace heaplaw::evidence {

// The 48 of ^uint32(0)/48: what an expression divides the largest 32-bit number by.
struct Divisor {
  std::uint64_t value = 0;
  std::size_t offset = 0;
};

struct ExpressionValue {
  std::uint64_t value = 0;
  unsigned bits = 0;  // of its unsigned type; 0 if untyped
  std::optional<Divisor> divisor;
};

// Names and their values, keyed by views into the text.
using GoConstants = std::map<std::string_view, ExpressionValue, std::less<>>;

// Width of an unsigned type's name (uint and uintptr as on 64-bit machines); 0 for other names.
[[nodiscard]] unsigned unsigned_type_bits(std::string_view name);

// Takes the longest expression that stands before a line end or a token that belongs to none.
// Throws InputError for a syntax error, an unknown name, and a value (also on the way) that is
// negative or does not fit its type or 64 bits.
[[nodiscard]] ExpressionValue evaluate(GoLexer& lexer, const GoConstants& constants);

}  // namespace heaplaw::evidence
