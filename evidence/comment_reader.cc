#include "evidence/comment_reader.h"

#include "evidence/words.h"

namespace heaplaw::evidence {

namespace {

constexpr std::string_view slashes = "//";
constexpr std::string_view generate_mark = "//go:generate ";
constexpr std::string_view banner_mark = "DO NOT EDIT";
// Editions have seven columns; a longer line is prose, and need not be split to its end.
constexpr std::size_t words_max = 32;

std::string without_trailing_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return std::string{line.substr(0, last == line.npos ? 0 : last + 1)};
}

// Between the ends of two comments.
bool has_blank_line(std::string_view gap) { return gap.find('\n') != gap.rfind('\n'); }

}  // namespace

CommentReader::CommentReader(const SourceText& source)
    : source_(&source),
      classes_(source, "class table", class_headings(), "bytes/obj"),
      alignments_(source, "alignment table", alignment_headings(), "min obj size") {}

void CommentReader::read(std::string_view comment, std::size_t offset) {
  if (offset < next_unread_) return;
  const std::string_view gap = source_->text().substr(next_unread_, offset - next_unread_);
  next_unread_ = offset + comment.size();
  if (comment.starts_with(generate_mark)) {
    if (!generate_.present()) generate_ = {without_trailing_blanks(comment), offset};
    return;
  }
  // A licence may stand before the banner; a fork may have reworded it.
  const bool marked = !banner_marked_ && comment.find(banner_mark) != comment.npos;
  if (marked || offset == source_->begin()) {
    banner_ = {without_trailing_blanks(comment), offset};
    banner_marked_ = marked;
    if (marked) return;
  }
  const auto words =
      split_words(comment.substr(slashes.size()), offset + slashes.size(), words_max + 1);
  if (words.size() > words_max) return;
  if (classes_.try_read_header(words)) {
    open_ = &classes_;
  } else if (alignments_.try_read_header(words)) {
    open_ = &alignments_;
  } else if (open_ != nullptr && !open_->try_read_row(words) && has_blank_line(gap)) {
    open_ = nullptr;  // prose apart from the table may introduce a table of the fork's own
  }
}

}  // namespace heaplaw::evidence
