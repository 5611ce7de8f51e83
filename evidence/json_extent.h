// How far a JSON value reaches, without making anything of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace heaplaw::evidence {

inline constexpr std::size_t json_depth_max = 200;

// The length of the value that the text begins with; nothing if it is not one, or too deep.
// Brackets must match and strings must end; numbers and words are taken as they are.
[[nodiscard]] std::optional<std::size_t> json_extent(std::string_view text);

// The same for a string in quotes.
[[nodiscard]] std::optional<std::size_t> json_string_extent(std::string_view text);

}  // namespace heaplaw::evidence
