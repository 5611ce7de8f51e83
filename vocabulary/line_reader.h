// Lines of a text or a stream of any length, in bounded memory.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/input_error.h"

namespace heaplaw {

class LineReader {
 public:
  static constexpr std::size_t default_line_max = 4096;

  // The text must outlive the reader and is not copied.
  LineReader(std::string_view text, std::string file, std::size_t line_max = default_line_max);
  // Reads ahead: nobody else may read from the stream meanwhile.
  LineReader(std::istream& stream, std::string file, std::size_t line_max = default_line_max);

  // The next line without its end ("\n" or "\r\n"), valid until the next call; false at the end.
  // Throws InputError for a line longer than line_max and for a stream that fails.
  [[nodiscard]] bool next(std::string_view& line);

  [[nodiscard]] const std::string& file() const { return file_; }
  // Of the line last read, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }
  // Whether that line had an end. Only the last line can lack one: a file that was cut.
  [[nodiscard]] bool ended() const { return ended_; }

  [[nodiscard]] Place place(std::size_t column = 0) const { return {file_, number_, column}; }

 private:
  [[nodiscard]] bool next_unended(std::string_view& line);
  [[nodiscard]] bool refill();
  void check_length(std::size_t length) const;

  std::istream* stream_ = nullptr;  // null: the whole text is the window
  std::string file_;
  std::size_t line_max_;
  std::vector<char> buffer_;
  std::string_view window_;  // what was read and not yet handed out
  std::size_t number_ = 0;
  bool ended_ = true;
};

}  // namespace heaplaw
