// What the comments of a generated file say: banner, go:generate line, and the two tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "evidence/comment_table.h"
#include "evidence/source_text.h"

namespace heaplaw::evidence {

// A line of the file and where it stands.
struct WrittenText {
  std::string text;
  std::size_t offset = 0;

  [[nodiscard]] bool present() const { return !text.empty(); }
};

// The lexer hands it each `//` comment and says when code stands between two of them.
class CommentReader {
 public:
  explicit CommentReader(const SourceText& source);

  // `comment` begins with its slashes. A comment that was read before is not read again.
  void read(std::string_view comment, std::size_t offset);
  // Code ends a table: numbers in later comments are not its rows.
  void see_code() { open_ = nullptr; }

  [[nodiscard]] const WrittenText& banner() const { return banner_; }
  [[nodiscard]] const WrittenText& generate() const { return generate_; }
  [[nodiscard]] const CommentTable& classes() const { return classes_; }
  [[nodiscard]] const CommentTable& alignments() const { return alignments_; }

 private:
  const SourceText* source_;
  std::size_t next_unread_ = 0;
  WrittenText banner_;
  bool banner_marked_ = false;
  WrittenText generate_;
  CommentTable classes_;
  CommentTable alignments_;
  CommentTable* open_ = nullptr;
};

}  // namespace heaplaw::evidence
