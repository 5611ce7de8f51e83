// Lines of cells, aligned with tabs as Go's text/tabwriter aligns them with a tab width of 8 and a
// padding of 1: what frames of a profile go through.
#pragma once

#include <string>
#include <vector>

namespace heaplaw::evidence {

using Cells = std::vector<std::string>;

// Appends the lines, each with its end. The last cell of a line is not aligned. A column ends at
// the first line that has no such cell.
void append_in_columns(std::string& out, const std::vector<Cells>& lines);

}  // namespace heaplaw::evidence
