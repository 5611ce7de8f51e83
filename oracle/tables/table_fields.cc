#include "oracle/tables/table_fields.h"

#include <initializer_list>
#include <variant>

namespace heaplaw::oracle {

std::vector<TableField> fields_of(SizeClassTable& table) {
  std::vector<TableField> fields;
  const auto add_list = [&](TablePart part, std::vector<std::uint64_t>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) fields.push_back({{part, i}, &list[i]});
  };
  const auto add_columns = [&](TablePart part, std::size_t index,
                               std::initializer_list<std::uint64_t*> columns) {
    std::size_t column = 0;
    for (std::uint64_t* value : columns) {
      if (value != nullptr) fields.push_back({{part, index, column}, value});
      ++column;
    }
  };
  const auto if_stated = [](std::optional<std::uint64_t>& value) {
    return value ? &*value : nullptr;
  };

  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    ClassRow& r = table.rows[i];
    add_columns(TablePart::row, i,
                {&r.number, &r.bytes_obj, &r.bytes_span, &r.objects, &r.tail_waste,
                 if_stated(r.max_waste), if_stated(r.min_align)});
  }
  for (std::size_t i = 0; i < table.alignments.size(); ++i) {
    AlignmentRow& r = table.alignments[i];
    add_columns(TablePart::alignment, i, {&r.alignment, &r.bits, &r.min_obj_size});
  }
  for (std::size_t i = 0; i < table.constants.size(); ++i) {
    add_columns(TablePart::constant, i, {if_stated(table.constants[i])});
  }
  add_list(TablePart::size, table.sizes);
  add_list(TablePart::npages, table.npages);
  if (auto* reciprocals = std::get_if<std::vector<ReciprocalMagic>>(&table.magic)) {
    add_list(TablePart::magic, *reciprocals);
  }
  if (auto* shifts = std::get_if<std::vector<ShiftMagic>>(&table.magic)) {
    for (std::size_t i = 0; i < shifts->size(); ++i) {
      ShiftMagic& m = (*shifts)[i];
      add_columns(TablePart::magic, i, {&m.shift, &m.shift2, &m.mul, &m.base_mask});
    }
  }
  add_list(TablePart::small_lookup, table.small_lookup);
  add_list(TablePart::large_lookup, table.large_lookup);
  return fields;
}

}  // namespace heaplaw::oracle
