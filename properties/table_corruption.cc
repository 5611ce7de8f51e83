#include "properties/table_corruption.h"

#include <vector>

#include <fmt/format.h>

namespace heaplaw::properties {

namespace {

struct Cell {
  TableSpot spot;
  std::uint64_t* value;
};

void add_list(std::vector<Cell>& cells, TablePart part, std::vector<std::uint64_t>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) cells.push_back({{part, i}, &values[i]});
}

void add_magic(std::vector<Cell>& cells, DivideMagic& magic) {
  constexpr auto part = TablePart::magic;
  if (auto* reciprocals = std::get_if<std::vector<ReciprocalMagic>>(&magic)) {
    add_list(cells, part, *reciprocals);
  } else if (auto* shifts = std::get_if<std::vector<ShiftMagic>>(&magic)) {
    for (std::size_t i = 0; i < shifts->size(); ++i) {
      ShiftMagic& m = (*shifts)[i];
      cells.push_back({{part, i, 0}, &m.shift});
      cells.push_back({{part, i, 1}, &m.shift2});
      cells.push_back({{part, i, 2}, &m.mul});
      cells.push_back({{part, i, 3}, &m.base_mask});
    }
  }
}

void add_rows(std::vector<Cell>& cells, SizeClassTable& table) {
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    ClassRow& row = table.rows[i];
    std::uint64_t* const columns[] = {&row.number,
                                      &row.bytes_obj,
                                      &row.bytes_span,
                                      &row.objects,
                                      &row.tail_waste,
                                      row.max_waste ? &*row.max_waste : nullptr,
                                      row.min_align ? &*row.min_align : nullptr};
    for (std::size_t c = 0; c < std::size(columns); ++c) {
      if (columns[c]) cells.push_back({{TablePart::row, i, c}, columns[c]});
    }
  }
  for (std::size_t i = 0; i < table.alignments.size(); ++i) {
    AlignmentRow& row = table.alignments[i];
    std::uint64_t* const columns[] = {&row.alignment, &row.bits, &row.min_obj_size};
    for (std::size_t c = 0; c < std::size(columns); ++c) {
      cells.push_back({{TablePart::alignment, i, c}, columns[c]});
    }
  }
}

std::vector<Cell> cells_of(SizeClassTable& table) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    if (table.constants[i]) cells.push_back({{TablePart::constant, i}, &*table.constants[i]});
  }
  add_list(cells, TablePart::size, table.sizes);
  add_list(cells, TablePart::npages, table.npages);
  add_magic(cells, table.magic);
  add_list(cells, TablePart::small_lookup, table.small_lookup);
  add_list(cells, TablePart::large_lookup, table.large_lookup);
  add_rows(cells, table);
  return cells;
}

// Slips are near the truth; bad merges and bit flips are not.
std::uint64_t another_value(std::uint64_t value, Random& random) {
  switch (random.below(5)) {
    case 0:
      return value + 1;
    case 1:
      return value == 0 ? 1 : value - 1;
    case 2:
      return value ^ (std::uint64_t{1} << random.below(16));
    case 3:
      return value == 0 ? 8 : value * 2;
    default:
      break;
  }
  const std::uint64_t any = random.next() >> random.below(64);
  return any == value ? value + 1 : any;
}

}  // namespace

Corruption corrupt(SizeClassTable& table, Random& random) {
  const std::vector<Cell> cells = cells_of(table);
  const Cell& cell = cells[random.below(cells.size())];
  const std::uint64_t before = *cell.value;
  *cell.value = another_value(before, random);
  return {.spot = cell.spot, .before = before, .after = *cell.value};
}

std::string describe(const Corruption& corruption) {
  return fmt::format("{}: {} became {}", describe(corruption.spot), corruption.before,
                     corruption.after);
}

}  // namespace heaplaw::properties
