// Where a table comes from: a release that the model computes, or somebody's file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/size_class_table.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::cli {

// More than any sizeclasses.go could need: the largest that shipped has 9532 bytes.
inline constexpr std::size_t table_file_bytes_max = std::size_t{4} << 20;

// The facts of a release under experiments; throws std::invalid_argument.
[[nodiscard]] ReleaseFacts facts_named(const std::string& release,
                                       const std::vector<std::string>& experiments = {});

// Applies NAME=VALUE, with the names of SizeClassParameters; throws std::invalid_argument.
void set_parameter(SizeClassParameters& parameters, const std::string& assignment);

// "page_size 8192, max_small_size 32768, ...", in the spelling of set_parameter.
[[nodiscard]] std::string describe(const SizeClassParameters& parameters);

struct NamedTable {
  std::string name;
  SizeClassTable table;
};

// A release's name, or else a file's. Throws InputError or std::invalid_argument.
[[nodiscard]] NamedTable table_named(const std::string& release_or_file);

}  // namespace heaplaw::cli
