// Text inside XML, HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace heaplaw::cli {

// As the content of an element or of an attribute in double quotes. Control characters, which XML
// has no way to write, become blanks.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace heaplaw::cli
