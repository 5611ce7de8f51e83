// The names that a size-class table's constants and arrays go by.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "vocabulary/size_class_edition.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::evidence {

// In the order in which files print them.
inline constexpr std::size_t table_array_count = 5;
inline constexpr TablePart table_arrays[table_array_count] = {
    TablePart::size, TablePart::npages, TablePart::magic, TablePart::small_lookup,
    TablePart::large_lookup};
[[nodiscard]] std::size_t array_index(TablePart part);
[[nodiscard]] std::string_view array_name(const TableNames& names, TablePart part);

// In either spelling, and with or without the underscore that some releases put in front.
[[nodiscard]] std::optional<TableConstant> constant_named(std::string_view name);
[[nodiscard]] std::optional<TablePart> array_named(std::string_view name);

}  // namespace heaplaw::evidence
