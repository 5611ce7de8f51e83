#include "evidence/tab_columns.h"

#include <algorithm>

namespace heaplaw::evidence {

namespace {

constexpr std::size_t tab = 8;

// In code points.
std::size_t width_of(const std::string& cell) {
  return static_cast<std::size_t>(std::ranges::count_if(
      cell, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool has_aligned_cell(const Cells& line, std::size_t column) { return column + 1 < line.size(); }

}  // namespace

void append_in_columns(std::string& out, const std::vector<Cells>& lines) {
  // widths[i][c]: in tabs, of the block of neighbours that column c of line i belongs to.
  std::vector<std::vector<std::size_t>> widths(lines.size());
  for (std::size_t first = 0; first < lines.size(); ++first) {
    while (has_aligned_cell(lines[first], widths[first].size())) {
      const std::size_t column = widths[first].size();
      std::size_t widest = 0;
      std::size_t last = first;
      // Neighbours whose columns before this one belong together, since they were done together.
      for (; last < lines.size() && has_aligned_cell(lines[last], column) &&
             widths[last].size() == column;
           ++last) {
        widest = std::max(widest, width_of(lines[last][column]));
      }
      for (std::size_t i = first; i < last; ++i) widths[i].push_back(widest / tab + 1);
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t c = 0; c < lines[i].size(); ++c) {
      out += lines[i][c];
      if (has_aligned_cell(lines[i], c)) {
        const std::size_t cell_tabs = width_of(lines[i][c]) / tab;
        out.append(widths[i][c] - cell_tabs, '\t');
      }
    }
    out += '\n';
  }
}

}  // namespace heaplaw::evidence
