#include "evidence/comment_table.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::string_view percentage_heading = "max waste";

bool begins_with_digit(const Word& word) {
  return word.text.front() >= '0' && word.text.front() <= '9';
}

// Decimal digits only. errc{} means that all of the text was a number that fits.
std::errc read_number(std::string_view text, std::uint64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{}) return error;
  return end == text.data() + text.size() ? std::errc{} : std::errc::invalid_argument;
}

// 46.88% as 4688. The sign and one or both decimals may be missing; further ones may not follow.
std::errc read_percentage(std::string_view text, std::uint64_t& out) {
  if (text.ends_with('%')) text.remove_suffix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits{text.substr(0, point)};
  std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  if (digits.empty() || decimals.size() > 2) return std::errc::invalid_argument;
  digits += decimals;
  digits.append(2 - decimals.size(), '0');
  return read_number(digits, out);
}

}  // namespace

bool CommentTable::try_read_header(std::span<const Word> words) {
  std::vector<HeaderColumn> columns = read_header(words, headings_, needed_);
  if (columns.empty()) return false;
  if (present()) {
    source_->fail(
        words.front().offset, fmt::format("a second {}", name_),
        fmt::format("only the one at {}", to_string(source_->lines().place(header_offset()))));
  }
  columns_ = std::move(columns);
  reject_repeated_columns();
  return true;
}

void CommentTable::reject_repeated_columns() const {
  std::array<bool, fields_max> seen{};
  for (const HeaderColumn& column : columns_) {
    if (column.heading == nullptr) continue;
    bool& again = seen[column.heading->field];
    if (again) {
      source_->fail(column.first_word.offset,
                    fmt::format("a second column {}", quote(column.heading->text)),
                    "each column once");
    }
    again = true;
  }
}

bool CommentTable::try_read_row(std::span<const Word> words) {
  const auto numbers = static_cast<std::size_t>(std::ranges::count_if(words, begins_with_digit));
  if (words.empty() || 2 * numbers < words.size()) return false;
  const std::size_t at = words.front().offset;
  if (words.size() != columns_.size()) {
    source_->fail(at, fmt::format("a row of {} cells", words.size()),
                  fmt::format("{}, as many as the header has at line {}", columns_.size(),
                              source_->lines().place(header_offset()).line));
  }
  if (rows_.size() == rows_max) {
    source_->fail(at, fmt::format("more than {} rows", rows_max), fmt::format("a {}", name_));
  }
  Row row{};
  for (Cell& cell : row) cell.offset = at;  // where a missing column would stand
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Heading* heading = columns_[i].heading;
    if (heading != nullptr) row[heading->field] = read_cell(words[i], *heading);
  }
  rows_.push_back(row);
  return true;
}

CommentTable::Cell CommentTable::read_cell(const Word& word, const Heading& heading) const {
  Cell cell{.value = 0, .offset = word.offset};
  const bool percentage = heading.text == percentage_heading;
  const std::errc error =
      percentage ? read_percentage(word.text, cell.value) : read_number(word.text, cell.value);
  if (error == std::errc{}) return cell;
  const std::string_view kind = error == std::errc::result_out_of_range
                                    ? "a number that fits 64 bits"
                                    : (percentage ? "a percentage such as 12.50%" : "a number");
  source_->fail(word.offset, quote(word.text),
                fmt::format("{} in the column {}", kind, quote(heading.text)));
}

std::string_view CommentTable::heading_of(std::size_t field) const {
  for (const HeaderColumn& column : columns_) {
    if (column.heading != nullptr && column.heading->field == field) return column.heading->text;
  }
  return {};
}

bool CommentTable::has_exactly(std::span<const std::string_view> headings) const {
  return std::equal(columns_.begin(), columns_.end(), headings.begin(), headings.end(),
                    [](const HeaderColumn& column, std::string_view heading) {
                      return column.heading != nullptr && column.heading->text == heading;
                    });
}

}  // namespace heaplaw::evidence
