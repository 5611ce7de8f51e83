// One of the two tables that stand as comments in a generated file, while its lines come in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/source_text.h"
#include "evidence/table_header.h"
#include "evidence/words.h"

namespace heaplaw::evidence {

// Rows as cells by field. Percentages are kept in hundredths.
class CommentTable {
 public:
  static constexpr std::size_t fields_max = class_field_count;
  static constexpr std::size_t rows_max = 65536;

  struct Cell {
    std::uint64_t value = 0;
    std::size_t offset = 0;
  };
  using Row = std::array<Cell, fields_max>;

  // `needed` is the heading without which a line is no header of this table.
  CommentTable(const SourceText& source, std::string_view name, std::span<const Heading> headings,
               std::string_view needed)
      : source_(&source), name_(name), headings_(headings), needed_(needed) {}

  // Whether the line is this table's header. Throws InputError for a second one.
  bool try_read_header(std::span<const Word> words);
  // Whether the line is a row: as a rule, half of its words are numbers; prose is not. Throws
  // InputError for a row with too few or many cells, or with a cell that cannot be read.
  bool try_read_row(std::span<const Word> words);

  [[nodiscard]] bool present() const { return !columns_.empty(); }
  [[nodiscard]] std::size_t header_offset() const { return columns_.front().first_word.offset; }
  // The heading as the file spells it; empty where the table has no such column.
  [[nodiscard]] std::string_view heading_of(std::size_t field) const;
  // Whether it has these columns, in this order, and no others.
  [[nodiscard]] bool has_exactly(std::span<const std::string_view> headings) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  void reject_repeated_columns() const;
  [[nodiscard]] Cell read_cell(const Word& word, const Heading& heading) const;

  const SourceText* source_;
  std::string_view name_;
  std::span<const Heading> headings_;
  std::string_view needed_;
  std::vector<HeaderColumn> columns_;
  std::vector<Row> rows_;
};

}  // namespace heaplaw::evidence
