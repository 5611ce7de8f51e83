// Numbers on the command line: read whole and exactly, or refused. (The parser library saturates.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heaplaw::cli {

// Decimal, 0 to 2^64 - 1. Throws std::invalid_argument that names what the number was for.
[[nodiscard]] std::uint64_t parse_number(std::string_view text, std::string_view what);

}  // namespace heaplaw::cli
