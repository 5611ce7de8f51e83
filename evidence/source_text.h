// A foreign text and the way back from an offset in it to a line and a column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

// Where the lines of a text begin. Outlives the text, so that a parsed file can still say where
// each of its facts stood.
class LineIndex {
 public:
  LineIndex() = default;
  // first_column_at is where line 1 begins to count: behind a byte order mark.
  LineIndex(std::string_view file_name, std::string_view text, std::size_t first_column_at);

  [[nodiscard]] Place place(std::size_t offset) const;
  [[nodiscard]] Place whole_file() const { return {.file = file_name_}; }

 private:
  std::string file_name_;
  std::vector<std::size_t> starts_{0};
};

// Text that is known to be UTF-8 without NUL bytes. Views the caller's bytes.
class SourceText {
 public:
  // Throws InputError at the first byte that no text holds.
  SourceText(std::string_view text, std::string_view file_name);

  [[nodiscard]] std::string_view text() const { return text_; }
  // Where reading starts: behind a byte order mark.
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] bool had_bom() const { return begin_ > 0; }
  [[nodiscard]] const LineIndex& lines() const { return lines_; }

  [[noreturn]] void fail(std::size_t offset, std::string_view found,
                         std::string_view expected) const;

 private:
  std::string_view text_;
  std::size_t begin_;
  LineIndex lines_;
};

}  // namespace heaplaw::evidence
