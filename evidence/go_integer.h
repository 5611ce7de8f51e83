// Integers as Go spells them: 42, 0x2A, 0o52, 052, 0b101010, 4_2.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace heaplaw::evidence {

struct GoInteger {
  std::uint64_t value = 0;
  bool fits = true;  // in 64 bits
};

// Empty if the text is not an integer literal.
[[nodiscard]] std::optional<GoInteger> parse_go_integer(std::string_view text);

}  // namespace heaplaw::evidence
