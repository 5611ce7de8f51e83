#include "evidence/table_words.h"

#include <algorithm>
#include <array>

#include "vocabulary/check.h"

namespace heaplaw::evidence {

namespace {

// A Go name is exported or not by the case of its first letter.
bool same_but_for_export(std::string_view a, std::string_view b) {
  if (a.starts_with('_')) a.remove_prefix(1);
  if (b.starts_with('_')) b.remove_prefix(1);
  if (a.empty() || a.size() != b.size()) return false;
  constexpr char case_bit = 'a' ^ 'A';
  return (a[0] | case_bit) == (b[0] | case_bit) && a.substr(1) == b.substr(1);
}

constexpr std::string_view TableNames::*array_members[table_array_count] = {
    &TableNames::sizes, &TableNames::npages, &TableNames::magic, &TableNames::small_lookup,
    &TableNames::large_lookup};

}  // namespace

std::size_t array_index(TablePart part) {
  const auto* found = std::ranges::find(table_arrays, part);
  HEAPLAW_CHECK(found != std::end(table_arrays), "part {} is no array", static_cast<int>(part));
  return static_cast<std::size_t>(found - table_arrays);
}

std::string_view array_name(const TableNames& names, TablePart part) {
  return names.*array_members[array_index(part)];
}

std::optional<TableConstant> constant_named(std::string_view name) {
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    const auto constant = static_cast<TableConstant>(i);
    if (same_but_for_export(name, exported_table_names.of(constant))) return constant;
  }
  return std::nullopt;
}

std::optional<TablePart> array_named(std::string_view name) {
  for (const TablePart part : table_arrays) {
    if (name == array_name(unexported_table_names, part) ||
        name == array_name(exported_table_names, part)) {
      return part;
    }
  }
  return std::nullopt;
}

}  // namespace heaplaw::evidence
