#include "evidence/size_class_file.h"

namespace heaplaw::evidence {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::size_t offset_of_entry(const WrittenArray& array, std::size_t entry) {
  if (!array.present()) return nowhere;
  return entry < array.entries.size() ? array.entries[entry] : array.end_offset;
}

std::size_t offset_of_cell(const std::vector<CommentTable::Row>& rows, const TableSpot& spot) {
  if (rows.empty()) return nowhere;
  const CommentTable::Row& row = spot.index < rows.size() ? rows[spot.index] : rows.back();
  return row[spot.column < row.size() ? spot.column : 0].offset;
}

std::size_t offset_of_constant(const SizeClassFile& file, std::size_t constant) {
  for (const WrittenConstant& written : file.constants) {
    if (static_cast<std::size_t>(written.constant) == constant) return written.value_offset;
  }
  return nowhere;
}

std::size_t offset_of(const SizeClassFile& file, const TableSpot& spot) {
  switch (spot.part) {
    case TablePart::whole:
      return nowhere;
    case TablePart::constant:
      return offset_of_constant(file, spot.index);
    case TablePart::row:
      return offset_of_cell(file.row_cells, spot);
    case TablePart::alignment:
      return offset_of_cell(file.alignment_cells, spot);
    case TablePart::magic: {
      const bool structs = file.magic_spelling == MagicSpelling::structs;
      const WrittenArray& array = file.array(TablePart::magic);
      if (!structs) return offset_of_entry(array, spot.index);
      if (spot.index >= array.entries.size() / 4) return array.end_offset;
      return array.entries[spot.index * 4 + (spot.column < 4 ? spot.column : 0)];
    }
    default:
      return offset_of_entry(file.array(spot.part), spot.index);
  }
}

}  // namespace

Place SizeClassFile::place_of(const TableSpot& spot) const {
  const std::size_t offset = offset_of(*this, spot);
  return offset == nowhere ? lines.whole_file() : lines.place(offset);
}

Place SizeClassFile::place_of_divisor(std::size_t size_class) const {
  if (size_class < divisors.size() && divisors[size_class]) {
    return lines.place(divisors[size_class]->offset);
  }
  return place_of({.part = TablePart::magic, .index = size_class});
}

}  // namespace heaplaw::evidence
