// A ledger as a picture that needs nothing beside itself: each level of parts a row of boxes, as
// wide as their bytes, below the row that they make up.
#pragma once

#include <string>

#include "cli/explain/explain.h"

namespace heaplaw::cli {

// An SVG document.
[[nodiscard]] std::string svg_of(const Explained& explained);

// One page: the picture, the ledger as a table, and the findings.
[[nodiscard]] std::string html_of(const Explained& explained);

}  // namespace heaplaw::cli
